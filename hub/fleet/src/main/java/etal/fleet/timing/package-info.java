/** How long a tap takes on real hardware, worked out from standards, published measurements and counted work; see {@code hub/fleet/docs/tap.md}. */
@NullMarked
package etal.fleet.timing;

import org.jspecify.annotations.NullMarked;
