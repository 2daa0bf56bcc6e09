/** One card in the field: the exchanges of a payment, as values. */
@NullMarked
package etal.terminal.card;

import org.jspecify.annotations.NullMarked;
