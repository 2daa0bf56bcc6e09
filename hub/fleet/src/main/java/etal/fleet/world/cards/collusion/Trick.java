package etal.fleet.world.cards.collusion;

import java.util.Optional;

/** What the producer tries, and the word under which the hub must lay it aside. */
public enum Trick {
    /** A sale as it should be: paid. */
    HONEST("", true),
    /** A sale that no card has paid: it stands, and nobody is paid for it. */
    NO_RECORD("", false),
    /** A record that the terminal has signed in the card's place. */
    FORGED_RECORD("bad-card-signature", false),
    /** The same sale once more, with the same record. */
    RECORD_TWICE("record-used", false),
    /** The record of a sale under the number of another. */
    OTHER_SALES_RECORD("other-sale", false),
    /** The card has signed for less than the entry says. */
    DEARER_LINES("other-intent", true),
    /** The card was asked for more than the rules give. */
    MORE_THAN_THE_RULES("other-split", true),
    /** Rules that the fund never had. */
    OWN_RULES("unknown-rules", true),
    /** A sale taken back that is none. */
    CANCELLED_NOTHING("unknown-sale", false),
    /** A paid sale taken back without its card: the fund would owe the member twice. */
    CANCELLED_WITHOUT_CARD("other-sale", false),
    /** Another entry under a number that is taken. */
    FORK("fork", false),
    /** The last entries written anew. */
    REWRITTEN_TAIL("fork", false),
    /** An entry signed by somebody else. */
    OTHER_KEY("bad-signature", false),
    /** An entry of a neighbour's ledger. */
    NEIGHBOURS_LEDGER("wrong-ledger", false),
    /** Bytes that are no entry. */
    NONSENSE("malformed", false);

    private final String reason;
    private final boolean debits;

    Trick(String reason, boolean debits) {
        this.reason = reason;
        this.debits = debits;
    }

    /** Why it must lie in quarantine; empty when it stands. */
    public Optional<String> reason() {
        return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
    }

    /** Whether the hub would look at its rules: after newer ones in the same ledger, even invented ones, they are old. */
    boolean looksAtRules() {
        return this == HONEST || this == MORE_THAN_THE_RULES || this == RECORD_TWICE;
    }

    /** Whether a card pays in it. */
    public boolean debits() {
        return debits;
    }
}
