package etal.hub.trace;

/**
 * One thing that vouches for a sale, verified at this moment from the stored bytes.
 *
 * @param what is claimed
 * @param holds whether it is so
 * @param key the first bytes of SHA-256 of the public key by which it was verified, in hexadecimal; empty without a key
 */
public record Check(What what, boolean holds, String key) {
    /** What can be claimed, in the order of the way. */
    public enum What {
        /** The period token that the card loaded is the fund's, signed by the issuing key. */
        TOKEN,
        /** The card signed the load. */
        LOAD_RECORD,
        /** Months and amounts of the load are those that the household is entitled to. */
        LOAD_DUE,
        /** The card's certificate is by the fund's card CA. */
        CARD_CERTIFICATE,
        /** It is the certificate of a card that the fund has entered. */
        CARD_ENTERED,
        /** The card signed the record. */
        CARD_RECORD,
        /** The card signed this sale: terminal, seller, rules, lines, amounts. */
        INTENT,
        /** The rules, replayed over the balances before, give what the card paid. */
        RULES,
        /** The terminal's certificates lead to the fund's root and name this ledger. */
        TERMINAL_CHAIN,
        /** The terminal signed the entry. */
        ENTRY_SIGNATURE,
        /** The entry has the hash under which it is stored. */
        ENTRY_HASH,
        /** It names the hash of the entry before. */
        ENTRY_FOLLOWS,
        /** The hub has acknowledged it: signature, and the chain up to the entry acknowledged. */
        ACKNOWLEDGED,
        /** A sale cancelled: the card's key signed that it took back just this, all of it. */
        TAKEN_BACK,
        /** What was posted balances, and is what the card paid. */
        POSTED
    }

    /** One that needs no key. */
    static Check of(What what, boolean holds) {
        return new Check(what, holds, "");
    }
}
