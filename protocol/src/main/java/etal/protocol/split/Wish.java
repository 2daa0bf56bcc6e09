package etal.protocol.split;

/** What a buyer wishes to pay. */
public sealed interface Wish {
    /** The fair price: nothing was chosen. */
    Wish FAIR = new Fair();

    /** The price of the product list. */
    record Fair() implements Wish {}

    /** One of the scheme's choices. */
    record Choice(String id) implements Wish {}

    /** A price of the buyer's own for the whole basket. */
    record Free(long amountCents) implements Wish {}
}
