/** Baskets: rung up, priced, kept, and what the seller alone keeps of a sale. */
@NullMarked
package etal.terminal.basket;

import org.jspecify.annotations.NullMarked;
