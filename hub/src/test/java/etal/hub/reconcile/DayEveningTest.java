package etal.hub.reconcile;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.reconcile.Evening.Extent;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.protocol.card.Deltas;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.FundedLine;
import etal.protocol.ledger.SignedEntry;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An evening that looks at what came of the day alone: of that it names what an evening over everything names. */
class DayEveningTest {
    private static final LocalDate NEXT = TestFund.DAY.plusDays(1);
    private static final List<FundedLine> LINES = List.of(vegetables(1_000));

    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();

    DayEveningTest() throws Exception {}

    @Test
    void a_second_day_that_undoes_a_sale_of_the_first_is_the_same_to_both_evenings() throws Exception {
        SignedEntry first = twoDays();
        fund.three.cancel(first, card);
        close(NEXT);
        Reconciliation day = fund.hub.reconcile(NEXT, Extent.DAY);
        Reconciliation whole = fund.hub.reconcile(NEXT, Extent.WHOLE);
        assertEquals(List.of(), whole.differences());
        assertEquals(whole, day);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " # ",
            quoteCharacter = '`',
            value = {
                "UPDATE posting SET debit_cents = 900 WHERE account = '4672A' AND debit_cents = 1000 # account 4672A says",
                "UPDATE posting SET credit_cents = 900 WHERE account = '4673' AND credit_cents = 1000 # I1 does not hold",
                "DELETE FROM card_record WHERE counter = 3 # its card record is not the one stored",
                "UPDATE entry SET bytes = substr(bytes, 1, 200) || x'00' || substr(bytes, 202) WHERE kind = 3 AND number > 3 # an entry cannot be read",
            })
    void what_a_hand_changed_of_the_day_is_named(String change, String named) throws Exception {
        twoDays();
        close(NEXT);
        assertEquals(List.of(), fund.hub.reconcile(NEXT, Extent.DAY).differences());
        fund.tamper(change);
        assertNamed(named);
    }

    @Test
    void a_sale_of_the_day_is_held_against_its_rules() throws Exception {
        twoDays();
        CardProof proof = fund.three.debit(card, LINES, new Deltas(-1_001, 0, 0));
        fund.three.append(fund.three.sale(LINES, proof, null));
        close(NEXT);
        fund.tamper("DELETE FROM quarantine");
        assertNamed("it should not be paid: the rules give");
    }

    @Test
    void a_closing_is_held_against_the_sales_since_the_closing_before_and_its_totals_against_what_that_one_says()
            throws Exception {
        twoDays();
        SignedEntry honest = fund.three.close(NEXT.toString());
        fund.three.forget();
        Body.Closing closing = (Body.Closing) honest.entry().body();
        fund.three.append(new Body.Closing(
                Body.Closing.DAY,
                NEXT.toString(),
                closing.sales() + 1,
                closing.cardCents(),
                closing.perpetualCardCents() + 1,
                new byte[32],
                new Body.Closing.Undone(0, 0, 1)));
        fund.five.close(NEXT.toString());
        fund.syncAll();
        assertNamed("its closing says 2 sales and 1000 by card, its ledger 1 and 1000");
        assertNamed("its perpetual total is");
        assertNamed("it counts as cancelled");
    }

    @Test
    void what_a_hand_changed_of_a_day_before_is_left_to_the_evening_that_looks_at_all() throws Exception {
        twoDays();
        close(NEXT);
        fund.tamper("UPDATE sale SET funded_cents = funded_cents + 1 WHERE day = '" + TestFund.DAY + "'");
        assertEquals(List.of(), fund.hub.reconcile(NEXT, Extent.DAY).differences());
        assertTrue(fund.hub.reconcile(NEXT, Extent.WHOLE).differences().stream()
                .anyMatch(one -> one.contains("no entry says so")));
    }

    /** The first day is closed, of the second there is a sale; the first sale is given back. */
    private SignedEntry twoDays() throws Exception {
        fund.three.load(card, fund.token());
        SignedEntry first = fund.three.sell(card, vegetables(1_250));
        close(TestFund.DAY);
        assertEquals(List.of(), fund.evening().differences());
        fund.clock.advance(Duration.ofDays(1));
        fund.three.pass(Duration.ofDays(1));
        fund.five.pass(Duration.ofDays(1));
        fund.three.sell(card, vegetables(1_000));
        return first;
    }

    private void close(LocalDate day) {
        fund.three.close(day.toString());
        fund.five.close(day.toString());
        fund.syncAll();
    }

    private void assertNamed(String named) throws Exception {
        List<String> differences = fund.hub.reconcile(NEXT, Extent.DAY).differences();
        assertTrue(differences.stream().anyMatch(one -> one.contains(named)), () -> named + " in " + differences);
    }
}
