package etal.fsck.check;

import etal.fsck.bytes.Damage;
import etal.fsck.ledger.Body;
import org.jspecify.annotations.Nullable;

/** Counts sales and card money, and compares closings with the count. */
final class Closings {
    private static final int KINDS = 3;

    private final long[] sales = new long[KINDS];
    private final long[] cardCents = new long[KINDS];
    private final long[] cancelled = new long[KINDS];
    private final long[] backCents = new long[KINDS];
    private final boolean rebuilt;
    private long perpetualCents;
    private long perpetualBackCents;
    private @Nullable Long carriedCents;
    private @Nullable Long carriedBackCents;

    /** With whether the terminal was rebuilt: then totals of the ledgers before it may be carried on. */
    Closings(boolean rebuilt) {
        this.rebuilt = rebuilt;
    }

    void sold(long paidByCardCents) throws Damage {
        try {
            perpetualCents = Math.addExact(perpetualCents, paidByCardCents);
        } catch (ArithmeticException overflow) {
            throw new Damage("more card money than can be counted");
        }
        for (int kind = 0; kind < KINDS; kind++) {
            sales[kind]++;
            cardCents[kind] += paidByCardCents;
        }
    }

    /** A sale was undone: it stays counted, and is counted here besides. Never more comes back than was paid. */
    void cancelled(long backByCardCents) {
        perpetualBackCents += backByCardCents;
        for (int kind = 0; kind < KINDS; kind++) {
            cancelled[kind]++;
            backCents[kind] += backByCardCents;
        }
    }

    void closed(Body.Closing closing) throws Damage {
        int kind = closing.period() - 1;
        require("sales", closing.sales(), sales[kind]);
        require("card money", closing.cardCents(), cardCents[kind]);
        if (carriedCents == null) {
            carriedCents = rebuilt ? closing.perpetualCents() - perpetualCents : 0;
        }
        if (carriedCents < 0) {
            throw new Damage("closing: a perpetual total below what this ledger holds");
        }
        require("perpetual card money", closing.perpetualCents(), carriedCents + perpetualCents);
        requireCancelled(closing, kind);
        sales[kind] = 0;
        cardCents[kind] = 0;
        cancelled[kind] = 0;
        backCents[kind] = 0;
    }

    private void requireCancelled(Body.Closing closing, int kind) throws Damage {
        require("cancellations", closing.cancelled(), cancelled[kind]);
        require("card money given back", closing.backCents(), backCents[kind]);
        if (carriedBackCents == null) {
            carriedBackCents = rebuilt ? closing.perpetualBackCents() - perpetualBackCents : 0;
        }
        if (carriedBackCents < 0) {
            throw new Damage("closing: a perpetual total below what this ledger holds");
        }
        require("perpetual card money given back", closing.perpetualBackCents(), carriedBackCents + perpetualBackCents);
    }

    private static void require(String what, long said, long counted) throws Damage {
        if (said != counted) {
            throw new Damage("closing: " + what + " " + said + ", counted " + counted);
        }
    }
}
