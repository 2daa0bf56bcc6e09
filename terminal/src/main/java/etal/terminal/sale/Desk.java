package etal.terminal.sale;

import etal.protocol.split.Wish;
import etal.terminal.basket.Change;
import etal.terminal.basket.Paying;
import etal.terminal.basket.TillBasket;
import etal.terminal.rules.Rules;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a screen can wish of a basket in hand: of the stall, which sells, or in its place of one where nothing is sold. Used
 * from the loop only.
 */
public interface Desk {
    /**
     * Changes the goods of a basket, or begins one. A basket without goods is given up.
     *
     * @param key of a basket that no payment is under way for, or of none yet
     */
    Answer change(String key, Change change);

    /** Rings up one more of a product, or takes one back. */
    default Answer ringOne(String key, String product, boolean more) {
        return change(key, new Change.One(product, more));
    }

    /** Rings up the goods of a cancelled sale once more, to be corrected and paid as a sale of their own. */
    Answer again(String cancelled, String key);

    /** The buyer wishes to pay another price. */
    Answer choose(String key, Wish wish);

    /** The seller takes so much off the whole, 0 for nothing. */
    Answer discount(String key, long discountCents);

    /** How the basket is to be paid, from how it was to be until now. */
    Answer paying(String key, UnaryOperator<Paying> otherwise);

    /** The basket waits for nothing any more and is as it was rung up. */
    Answer reopen(String key);

    /** The next card pays this basket. */
    Answer awaitCard(String key);

    /** The member agrees to pay the rest of a shortfall in cash. */
    Answer agree(String key);

    /** All of it, or all that is left to pay, in cash. */
    Answer cash(String key);

    /** The seller gives up: the goods went back, or the member kept them. */
    Answer giveUp(String key, boolean kept);

    /** Undoes a sale just made; {@code reason} is one of the constants of a cancellation's body. */
    Answer cancel(long sale, int reason);

    /** The seller gives up cancelling: the sale stands. */
    Answer keepSale(long sale);

    /** The basket the next card pays. */
    Optional<String> awaited();

    /** The rules of now. */
    Optional<Rules> rulesNow();

    /** What a card with enough on it would pay of a basket under the rules of now. */
    long coveredCents(TillBasket basket, Rules now);
}
