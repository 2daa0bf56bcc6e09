/** Tests of the prices chosen. */
@NullMarked
package etal.hub.prices;

import org.jspecify.annotations.NullMarked;
