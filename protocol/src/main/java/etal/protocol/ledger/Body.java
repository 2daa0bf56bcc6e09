package etal.protocol.ledger;

import etal.protocol.card.Deltas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an entry says. One record per kind, components in the order of {@code etal.cddl}; times in milliseconds since
 * 1970, hashes of 32 bytes, money in the unit's smallest part. Kinds of the contract without a record here (5, 10,
 * 15) are not in use and refused. Arrays are not copied: nobody may change them.
 */
public sealed interface Body {
    /** The number of the kind in the contract. */
    int kind();

    /**
     * The first entry of a ledger.
     *
     * @param certificateHashes SHA-256 of each certificate of the terminal's chain, leaf first, root left out
     * @param seller SIREN of the seller
     * @param software version of the software
     * @param succession in a rebuilt terminal, what was last known of the epoch before
     */
    record Genesis(
            long fund,
            List<byte[]> certificateHashes,
            String seller,
            String software,
            @Nullable Succession succession) implements Body {
        // Written out, because a compact constructor's class file loses @Nullable for callers elsewhere.
        public Genesis(
                long fund,
                List<byte[]> certificateHashes,
                String seller,
                String software,
                @Nullable Succession succession) {
            this.fund = fund;
            this.certificateHashes = List.copyOf(certificateHashes);
            this.seller = seller;
            this.software = software;
            this.succession = succession;
        }

        @Override
        public int kind() {
            return 1;
        }
    }

    /** The hub acknowledged; {@code checkpoint} is the whole signed checkpoint. */
    record CheckpointReceived(byte[] checkpoint) implements Body {
        @Override
        public int kind() {
            return 2;
        }
    }

    /**
     * A sale.
     *
     * @param sale its number, from 1, of this terminal and epoch
     * @param seller SIREN of the seller
     * @param scheme the rules it was made under
     * @param lines the lines the fund may pay for, no others; none in a sale without card
     * @param detailsHash SHA-256(salt 16 || details), the details staying with the seller
     * @param card what the card paid; null in a sale without card
     * @param before the card's record before this one, sealed to the hub
     * @param price the price chosen, where the pooled fund bears or gets the difference; null at the fair price
     * @param cardMostCents the most that the card was to pay, by its member's word; null where they said nothing of it
     */
    record Sale(
            long sale,
            String seller,
            SchemeRef scheme,
            List<FundedLine> lines,
            byte[] detailsHash,
            @Nullable CardProof card,
            byte @Nullable [] before,
            @Nullable PriceChosen price,
            @Nullable Long cardMostCents)
            implements Body {
        // Written out, because a compact constructor's class file loses @Nullable for callers elsewhere.
        public Sale(
                long sale,
                String seller,
                SchemeRef scheme,
                List<FundedLine> lines,
                byte[] detailsHash,
                @Nullable CardProof card,
                byte @Nullable [] before,
                @Nullable PriceChosen price,
                @Nullable Long cardMostCents) {
            this.sale = sale;
            this.seller = seller;
            this.scheme = scheme;
            this.lines = List.copyOf(lines);
            this.detailsHash = detailsHash;
            this.card = card;
            this.before = before;
            this.price = price;
            this.cardMostCents = cardMostCents;
        }

        /** A sale whose member has said nothing of what the card may pay. */
        public Sale(
                long sale,
                String seller,
                SchemeRef scheme,
                List<FundedLine> lines,
                byte[] detailsHash,
                @Nullable CardProof card,
                byte @Nullable [] before,
                @Nullable PriceChosen price) {
            this(sale, seller, scheme, lines, detailsHash, card, before, price, null);
        }

        /** A sale at the fair price. */
        public Sale(
                long sale,
                String seller,
                SchemeRef scheme,
                List<FundedLine> lines,
                byte[] detailsHash,
                @Nullable CardProof card,
                byte @Nullable [] before) {
            this(sale, seller, scheme, lines, detailsHash, card, before, null);
        }

        /** The most that the card may pay, for the split. */
        public long mostCents() {
            Long most = cardMostCents;
            return most == null ? Parts.LINE_MAX : most;
        }

        @Override
        public int kind() {
            return 3;
        }
    }

    /**
     * A sale just made was undone at the stall: whole, once, with its card present if a card paid. The sale's entry stays
     * as it is.
     *
     * @param sale number of the sale
     * @param saleHash SHA-256 of the sale's whole entry
     * @param reason one of the constants
     * @param detailsHash SHA-256(salt 16 || details), the details staying with the seller
     * @param card what the card took back; null where no card had paid
     * @param before the card's record before this one, sealed to the hub
     */
    record Cancellation(
            long sale,
            byte[] saleHash,
            int reason,
            byte[] detailsHash,
            @Nullable CardProof card,
            byte @Nullable [] before)
            implements Body {
        /** It was rung up wrongly. */
        public static final int RUNG_UP_WRONGLY = 1;

        /** The goods went back. */
        public static final int GOODS_RETURNED = 2;

        /** Anything else. */
        public static final int OTHER = 3;

        @Override
        public int kind() {
            return 4;
        }
    }

    /** The card paid, but the sale was undone at the stall when the card was gone. */
    record RefundRequest(long sale, CardProof card) implements Body {
        @Override
        public int kind() {
            return 6;
        }
    }

    /**
     * An intention came to nothing.
     *
     * @param reason one of the constants
     * @param cancelling whether the intention was to cancel that sale, which stands then
     */
    record Abandoned(long sale, int reason, boolean cancelling) implements Body {
        /** The card refused by a status word. */
        public static final int REFUSED_BY_CARD = 1;

        /** The card was seen not to have been debited. */
        public static final int NOT_DEBITED = 2;

        /** The stall gave up and the goods went back. */
        public static final int GIVEN_UP_UNDONE = 3;

        /** The card went on with another record, so this one can never be. */
        public static final int OTHER_RECORD = 4;

        /** A payment that came to nothing. */
        public Abandoned(long sale, int reason) {
            this(sale, reason, false);
        }

        @Override
        public int kind() {
            return 7;
        }
    }

    /**
     * DEBIT or CANCEL was sent and its outcome is unknown.
     *
     * @param cardId the card, 8 bytes
     * @param counterSeen the card's counter before
     * @param deltas what was asked for
     * @param intentHash the intention's hash
     * @param answer the bytes of the answer, if any came
     * @param cancelling whether it is the sale's cancellation that is in doubt
     */
    record InDoubt(
            long sale,
            byte[] cardId,
            long counterSeen,
            Deltas deltas,
            byte[] intentHash,
            byte @Nullable [] answer,
            boolean cancelling)
            implements Body {
        /** A payment in doubt. */
        public InDoubt(
                long sale,
                byte[] cardId,
                long counterSeen,
                Deltas deltas,
                byte[] intentHash,
                byte @Nullable [] answer) {
            this(sale, cardId, counterSeen, deltas, intentHash, answer, false);
        }

        @Override
        public int kind() {
            return 8;
        }
    }

    /**
     * A record that a card brought. Exactly one of the two is there.
     *
     * @param card a load made here
     * @param sealed another terminal's record, for the hub alone
     */
    record RecordCarried(@Nullable CardProof card, byte @Nullable [] sealed) implements Body {
        // Written out, because a compact constructor's class file loses @Nullable for callers elsewhere.
        public RecordCarried(@Nullable CardProof card, byte @Nullable [] sealed) {
            if ((card == null) == (sealed == null))
                throw new IllegalArgumentException("either a card's proof or sealed");
            this.card = card;
            this.sealed = sealed;
        }

        @Override
        public int kind() {
            return 9;
        }
    }

    /**
     * A day, month or year is closed.
     *
     * @param period {@link #DAY}, {@link #MONTH} or {@link #YEAR}
     * @param day such as 2025-04-02, 2025-04 or 2025
     * @param sales sales since the last closing of this kind, those since cancelled among them
     * @param cardCents card money of them
     * @param perpetualCardCents card money of all sales ever: nothing ever lowers it
     * @param detailsHash SHA-256(salt 16 || details), the details staying with the seller
     * @param undone what was cancelled, counted beside
     */
    record Closing(
            int period,
            String day,
            long sales,
            long cardCents,
            long perpetualCardCents,
            byte[] detailsHash,
            Closing.Undone undone)
            implements Body {
        /**
         * What a closing says of cancellations. They are lines of their own and lower no total of sales; what a producer is
         * owed is the one less the other. Immutable.
         *
         * @param count cancellations since the last closing of this kind
         * @param cardCents card money given back by them
         * @param perpetualCardCents card money given back by all cancellations ever
         */
        public record Undone(long count, long cardCents, long perpetualCardCents) {
            /** Nothing was ever cancelled. */
            public static final Undone NONE = new Undone(0, 0, 0);
        }

        /** Of a ledger in which nothing was ever cancelled. */
        public Closing(
                int period, String day, long sales, long cardCents, long perpetualCardCents, byte[] detailsHash) {
            this(period, day, sales, cardCents, perpetualCardCents, detailsHash, Undone.NONE);
        }

        public static final int DAY = 1;
        public static final int MONTH = 2;
        public static final int YEAR = 3;

        @Override
        public int kind() {
            return 11;
        }
    }

    /** Something technical happened; {@code code} is one of the constants. */
    record TechnicalEvent(int code, @Nullable String note) implements Body {
        public static final int STARTED = 1;
        public static final int STARTED_AFTER_POWER_CUT = 2;
        public static final int STOPPED = 3;
        public static final int READER_LOST = 4;
        public static final int PRINTER_LOST = 5;
        public static final int LEDGER_CHECKED = 6;
        public static final int SECOND_MEDIUM_LOST = 7;
        public static final int SECOND_MEDIUM_BACK = 8;
        public static final int CARD_ROLLED_BACK = 9;
        public static final int MESSAGE_REFUSED = 10;
        public static final int ORDER_REFUSED = 11;
        /** A duplicate of a receipt; the note is the number of its sale. */
        public static final int REPRINTED = 12;

        /** From here on the till practises: nothing is sold, and no card is asked for anything. */
        public static final int TRAINING_BEGUN = 13;

        /** The till sells again. */
        public static final int TRAINING_ENDED = 14;

        @Override
        public int kind() {
            return 12;
        }
    }

    /** From here on these rules hold; hashes are of the documents' contents as the CDDL says. */
    record RulesApplied(String scheme, long version, byte[] schemeHash, byte[] catalogueHash) implements Body {
        @Override
        public int kind() {
            return 13;
        }
    }

    /** The clock was set. */
    record ClockAdjusted(long fromMillis, long toMillis) implements Body {
        @Override
        public int kind() {
            return 14;
        }
    }

    /**
     * Something sold for practice, between the beginning and the end of a training: nothing was sold, no card was asked for
     * anything, and no total of sales counts it.
     *
     * @param practice its number, from 1, of this terminal and epoch; sales have numbers of their own
     * @param totalCents what the goods would have cost
     * @param cardCents what of it a card would have paid, at most all
     * @param detailsHash SHA-256(salt 16 || details), the details staying with the seller
     */
    record TrainingSale(long practice, long totalCents, long cardCents, byte[] detailsHash) implements Body {
        @Override
        public int kind() {
            return 16;
        }
    }

    /** The end of the ledger: nothing follows. {@code reason} is one of the constants. */
    record Retirement(int reason) implements Body {
        /** The terminal goes out of service. */
        public static final int OUT_OF_SERVICE = 1;

        /** Another machine goes on as the next epoch. */
        public static final int SWAPPED = 2;

        @Override
        public int kind() {
            return 17;
        }
    }
}
