package etal.fleet.auditor.cards;

import java.util.ArrayList;
import java.util.List;

/** A word and whose it is. Immutable. */
record Spoken(CardAccount card, CardWord word) {
    static List<Spoken> all(List<CardAccount> cards) {
        var all = new ArrayList<Spoken>();
        cards.forEach(card -> card.words().forEach(word -> all.add(new Spoken(card, word))));
        return all;
    }

    /** Card and counter, as the hub names them. */
    String key() {
        return card.id() + "/" + word.counter();
    }

    String name() {
        return "card " + card.number() + ", record " + word.counter() + " (" + word.tag() + ", sale " + word.sale()
                + " at stall " + word.terminal() + ", " + word.spentCents() + " cents)";
    }
}
