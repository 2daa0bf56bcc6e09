/** Virtual cards on the system's real PC/SC service, in strangers' hands. */
@NullMarked
package etal.fleet.cli.card;

import org.jspecify.annotations.NullMarked;
