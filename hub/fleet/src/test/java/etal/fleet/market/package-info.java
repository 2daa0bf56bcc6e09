/** The market's plan as a specification. */
@NullMarked
package etal.fleet.market;

import org.jspecify.annotations.NullMarked;
