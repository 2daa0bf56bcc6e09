package etal.fleet.tryout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.ledger.FundedLine;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import etal.protocol.scheme.file.ShippedSchemes;
import etal.protocol.split.PointOfSale;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A hub's month under other rules, reckoned by hand. */
class ReplayedTest {
    private static final YearMonth APRIL = YearMonth.of(2025, 4);
    private static final PointOfSale STALL = new PointOfSale(3, "123456789");

    private static Scheme changed(String text, String instead) {
        String yaml = ShippedSchemes.yaml("dieulefit")
                .replace("version: 1", "version: 2")
                .replace(text, instead);
        return assertInstanceOf(SchemeReading.Read.class, SchemeFile.read(yaml, "f.yaml"))
                .scheme();
    }

    private static Replayed.Signed load(long counter, long cents, long afterCents) {
        return new Replayed.Signed(
                new CardRecord(
                        CardRecord.Tag.LOAD,
                        counter,
                        3,
                        1,
                        0,
                        new Deltas(cents, 0, 0),
                        new Balances(afterCents, 0, 0),
                        304,
                        1_743_500_000L,
                        new byte[32]),
                Optional.empty());
    }

    private static Replayed.Signed meat(long counter, long priceCents, long paidCents, long afterCents) {
        List<FundedLine> lines = List.of(new FundedLine("viande", 1, priceCents, 55, 100, List.of()));
        return new Replayed.Signed(
                new CardRecord(
                        CardRecord.Tag.DEBIT,
                        counter,
                        3,
                        1,
                        counter,
                        new Deltas(-paidCents, 0, 0),
                        new Balances(afterCents, 0, 0),
                        304,
                        1_743_500_100L,
                        new byte[32]),
                Optional.of(new Replayed.Bought(lines, STALL)));
    }

    private static Replayed replayed(Scheme after, Replayed.Signed... records) {
        return Replayed.ofCards(
                ShippedSchemes.scheme("dieulefit"),
                after,
                APRIL,
                List.of(new Replayed.CardMonth("F0002", 2, 0, List.of(records))));
    }

    // Two persons had 150 €. Meat of 30 €, all by card; at 50 % the card pays 15, the household 15.
    @Test
    void a_lower_coverage_is_paid_by_the_household() {
        Scheme half = changed("family: viande, coverage: 100", "family: viande, coverage: 50");
        Replayed replayed = replayed(half, load(1, 15_000, 15_000), meat(2, 3_000, 3_000, 12_000));
        Replayed.OfHousehold one = replayed.households().getFirst();
        assertEquals(new Replayed.Paid(3_000, 0, 3_000), one.before());
        assertEquals(new Replayed.Paid(1_500, 1_500, 3_000), one.after());
        assertEquals(1_500, one.differenceCents());
        assertEquals(1, replayed.sales());
    }

    // With 20 € for the second person the card would hold 120: meat of 90 leaves 30 of it, and of the next 60 the
    // card pays 30, where it did pay 60.
    @Test
    void a_lower_allocation_runs_out_earlier() {
        Scheme less = changed("furtherPerson: 50", "furtherPerson: 20");
        Replayed replayed =
                replayed(less, load(1, 15_000, 15_000), meat(2, 9_000, 9_000, 6_000), meat(3, 6_000, 6_000, 0));
        Replayed.OfHousehold one = replayed.households().getFirst();
        assertEquals(15_000, one.before().cardCents());
        assertEquals(12_000, one.after().cardCents());
        assertEquals(3_000, one.differenceCents());
        assertEquals(15_000, replayed.allocationBeforeCents());
        assertEquals(12_000, replayed.allocationAfterCents());
    }

    @Test
    void the_same_rules_give_the_same_figures() {
        Replayed replayed = replayed(
                ShippedSchemes.scheme("dieulefit"),
                load(1, 15_000, 15_000),
                meat(2, 9_000, 9_000, 6_000),
                meat(3, 8_000, 6_000, 0));
        Replayed.OfHousehold one = replayed.households().getFirst();
        assertEquals(one.before(), one.after());
        assertEquals(2_000, one.after().ownCents());
    }
}
