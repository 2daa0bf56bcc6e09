/** A table for each fund that ships: its figures worked out by hand, from the card to the books. */
@NullMarked
package etal.hub.schemes;

import org.jspecify.annotations.NullMarked;
