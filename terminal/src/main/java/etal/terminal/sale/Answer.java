package etal.terminal.sale;

import etal.protocol.Said;
import etal.terminal.basket.TillBasket;

/** What the till answers to a wish of the screen. */
public sealed interface Answer {
    /** Done; the basket as it stands now. */
    record Basket(TillBasket basket) implements Answer {}

    /** Not done, and why. */
    record Refused(Kind kind, Said why) implements Answer {}

    /** What kind of refusal. */
    enum Kind {
        /** The wish itself is wrong. */
        BAD_REQUEST,
        /** No such basket. */
        NOT_FOUND,
        /** The basket does not stand where this can be wished. */
        CONFLICT,
        /** The terminal cannot sell now. */
        UNAVAILABLE
    }

    /** A refusal. */
    static Answer refused(Kind kind, String key, Object... args) {
        return new Refused(kind, Said.of(key, args));
    }
}
