package etal.hub.books;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import etal.hub.reconcile.Reconciliation;
import etal.hub.settle.PayoutRuns.Ordered;
import etal.hub.trace.Found;
import etal.hub.world.TestFund;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.Body.TechnicalEvent;
import etal.protocol.ledger.LedgerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What stalls practise is stored with their ledgers and moves nothing: the books are those of a day without it. */
class TrainingMovesNothingTest {
    private static final List<String> MONEY =
            List.of("posting", "event", "sale", "card_record", "closing", "quarantine", "card_order");

    /** The day of two stalls; the one may practise before, between and after what it sells. */
    private static TestFund day(boolean practises) throws Exception {
        TestFund fund = new TestFund();
        practise(fund, practises, 1);
        fund.three.load(fund.cards.get(0), fund.token());
        fund.three.sell(fund.cards.get(0), vegetables(1_250));
        practise(fund, practises, 2);
        fund.three.sellForCash(vegetables(300));
        fund.five.load(fund.cards.get(1), fund.token());
        fund.five.sell(fund.cards.get(1), vegetables(2_000));
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        fund.syncAll();
        return fund;
    }

    private static void practise(TestFund fund, boolean practises, long number) {
        if (practises) {
            fund.three.append(new TechnicalEvent(TechnicalEvent.TRAINING_BEGUN, null));
            fund.three.append(new Body.TrainingSale(number, 90_000, 80_000, new byte[32]));
            fund.three.append(new TechnicalEvent(TechnicalEvent.TRAINING_ENDED, null));
        }
    }

    private static List<String> books(TestFund fund) throws Exception {
        return fund.database.inTransaction(connection -> new ArrayList<>(Sql.list(
                connection,
                "SELECT account, third, SUM(credit_cents - debit_cents) FROM posting GROUP BY account, third"
                        + " ORDER BY account, third",
                row -> row.getString(1) + " " + row.getString(2) + " " + row.getLong(3))));
    }

    @Test
    void the_books_are_to_the_cent_those_of_the_same_day_without_it() throws Exception {
        TestFund plain = day(false);
        TestFund practising = day(true);

        assertEquals(books(plain), books(practising));
        for (String table : MONEY) {
            assertEquals(plain.count(table), practising.count(table), table);
        }
        assertEquals(plain.count("entry") + 6, practising.count("entry"), "all of it is stored");
        assertEquals(List.of(), practising.quarantined());
    }

    @Test
    void the_evening_names_nothing_and_counts_the_sales_alone() throws Exception {
        Reconciliation plain = day(false).evening();
        Reconciliation practising = day(true).evening();

        assertEquals(List.of(), practising.differences());
        assertEquals(plain.sales(), practising.sales());
        assertEquals(plain.i1(), practising.i1());
        assertEquals(plain.i2(), practising.i2());
        assertEquals(plain.i3(), practising.i3());
    }

    @Test
    void a_deep_look_at_the_store_finds_nothing_amiss_either() throws Exception {
        assertEquals(List.of(), day(true).hub.reconcile(TestFund.DAY, true).differences());
    }

    @Test
    void what_is_paid_out_is_what_was_sold() throws Exception {
        TestFund plain = day(false);
        TestFund practising = day(true);
        plain.evening();
        practising.evening();

        assertEquals(run(plain), run(practising));
        assertEquals(plain.balance("4674"), practising.balance("4674"));
    }

    private static String run(TestFund fund) throws Exception {
        return assertInstanceOf(Ordered.Submitted.class, fund.hub.payOut(TestFund.DAY, "r1"))
                .run()
                .toString();
    }

    @Test
    void the_operators_page_shows_the_sales_alone_and_no_way_of_what_was_practised() throws Exception {
        TestFund plain = day(false);
        TestFund practising = day(true);

        assertEquals(
                plain.hub.board(Optional.of(TestFund.DAY)).sales().size(),
                practising.hub.board(Optional.of(TestFund.DAY)).sales().size());
        assertInstanceOf(Found.Nothing.class, practising.hub.way(new LedgerId(3, 1), 3));
    }

    @Test
    void what_comes_again_or_in_pieces_moves_nothing_either() throws Exception {
        TestFund practising = day(true);
        long postings = practising.count("posting");
        for (long number = 1; number <= practising.three.head(); number++) {
            practising.deliver(practising.three.batch(number, number));
        }

        assertEquals(postings, practising.count("posting"));
        assertEquals(List.of(), practising.quarantined());
    }
}
