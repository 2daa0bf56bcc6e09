package etal.hub.ingest;

import java.util.Locale;

/** Why something that came stands in quarantine. */
public enum Reason {
    /** The message or entry is not what the protocol's grammar allows. */
    MALFORMED,
    /** The certificates do not chain to the root, or are not that terminal's. */
    UNTRUSTED_CHAIN,
    /** The entry names another terminal or epoch than its batch. */
    WRONG_LEDGER,
    /** The entry's signature is not its terminal's. */
    BAD_SIGNATURE,
    /** The first entry of a ledger is no genesis, or not one for this fund and these certificates. */
    WRONG_GENESIS,
    /** A number that is taken came again with other content, or follows another entry than the one that stands. */
    FORK,
    /** A rebuilt terminal's first entry names another head of the epoch before than the one that stands. */
    WRONG_SUCCESSION,
    /** A price that no card stands behind, of a terminal that the operator has named as stolen. */
    STOLEN_TERMINAL,
    /** A received acknowledgement is not one this hub gave for that entry. */
    WRONG_CHECKPOINT,
    /** No point of sale of the fund sells at that terminal under that SIREN. */
    UNKNOWN_SELLER,
    /** The card is none that the fund has issued. */
    UNKNOWN_CARD,
    /** The card's record is not signed by the card. */
    BAD_CARD_SIGNATURE,
    /** The card has signed two records with one counter. */
    CARD_FORKED,
    /** The card's balances do not continue those of its neighbouring records. */
    NOT_CONTINUOUS,
    /** A load of another amount than entitled, twice in a month, or under a token the hub has not issued. */
    WRONG_LOAD,
    /** The card says that it has taken an order which the hub has not issued to it, or more than the order says. */
    UNKNOWN_ORDER,
    /** The card's record is of another terminal, epoch, sale or kind than the entry. */
    OTHER_SALE,
    /** The card has signed other lines, seller, rules or amounts than the entry says. */
    OTHER_INTENT,
    /** The rules the entry names are not known to the hub. */
    UNKNOWN_RULES,
    /** The rules are older than rules the same ledger has used before. */
    OLD_RULES,
    /** The rules the entry names did not hold yet at its time. */
    EARLY_RULES,
    /** The sale lies before the last acknowledgement its terminal had received. */
    TOO_EARLY,
    /** The rules give another split than the card has paid. */
    OTHER_SPLIT,
    /** The card's record backs another sale already, or went back to the member. */
    RECORD_USED,
    /** What is cancelled is no sale in the books. */
    UNKNOWN_SALE,
    /** The sale was cancelled already. */
    CANCELLED_ALREADY,
    /** The card took back another amount than it had paid. */
    OTHER_AMOUNT,
    /** A record that a card carried cannot be opened or fails a check of its own; the entry around it stands. */
    WRONG_CARRIED;

    /**
     * Whether the entry it is about, where it stands in the store, moves no money for it. What speaks against the message
     * around an entry says nothing about the same bytes when they come in their own.
     */
    public boolean withholds() {
        return switch (this) {
            case FORK, WRONG_CARRIED, WRONG_CHECKPOINT, WRONG_SUCCESSION, STOLEN_TERMINAL -> false;
            case UNTRUSTED_CHAIN, WRONG_LEDGER, BAD_SIGNATURE, WRONG_GENESIS -> false;
            default -> true;
        };
    }

    /**
     * Whether it may pass by itself: a card, seller or rules may be entered after a sale has named them, a sale be taken after
     * its cancellation has come, and a restored hub learns what an order was for, or which entitlement a card had, after the
     * record of it.
     */
    boolean passes() {
        return switch (this) {
            case UNKNOWN_SELLER, UNKNOWN_CARD, UNKNOWN_RULES, UNKNOWN_SALE, UNKNOWN_ORDER, WRONG_LOAD -> true;
            default -> false;
        };
    }

    /** As it stands in the store and in reports. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The reason of that code. */
    public static Reason of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
