package etal.terminal.basket;

/**
 * A part of what a card does not pay, and how it is paid. Immutable.
 *
 * @param amountCents above 0
 */
public record Tender(Means means, long amountCents) {
    /** With what. What is named nowhere is paid in cash. The order is that of closings; the codes stand in details. */
    public enum Means {
        /** A cheque. */
        CHEQUE(1),
        /** A bank card, on a device of its own. */
        BANK_CARD(2),
        /** A meal voucher, on paper or on that device. */
        MEAL_VOUCHER(3),
        /** Notes of a local currency. */
        LOCAL_CURRENCY(4),
        /** Empty glass that comes back: its deposit pays. */
        DEPOSIT_BACK(5);

        private final int code;

        Means(int code) {
            this.code = code;
        }

        /** As details and totals name it. */
        public int code() {
            return code;
        }

        /** The means of a code from 1 to 5. */
        public static Means of(long code) {
            return values()[Math.toIntExact(code) - 1];
        }

        /** As the interface and the bundles of words name it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** @throws IllegalArgumentException if the amount is not above 0 */
    public Tender {
        if (amountCents <= 0) {
            throw new IllegalArgumentException("a tender of nothing");
        }
    }
}
