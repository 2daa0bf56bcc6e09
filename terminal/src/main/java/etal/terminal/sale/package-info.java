/**
 * From basket to sale: split, intention, card, entry, and what is done when the answer is lost.
 *
 * <p>The way of one payment: {@link etal.terminal.sale.Stall} takes the wish, {@code CardDesk} the card, {@code Tap} walks from
 * SELECT to DEBIT, {@code SaleEntries} makes each step durable in one transaction, {@code DoubtTable} decides what an
 * unknown outcome was. A sale just made is undone by the card's CANCEL, with an intention and a table like a payment's
 * ({@code Cancellations}, {@code CancelEntries}); a payment undone at the stall while its outcome was unknown, that the card
 * shows to have happened, becomes a refund request, and the hub gives the money back.
 */
@NullMarked
package etal.terminal.sale;

import org.jspecify.annotations.NullMarked;
