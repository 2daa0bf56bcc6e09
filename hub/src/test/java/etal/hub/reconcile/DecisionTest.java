package etal.hub.reconcile;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.books.CardBookings;
import etal.hub.books.Chart;
import etal.hub.books.Journal;
import etal.hub.books.Sql;
import etal.hub.members.Decision;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.port.StorageFailed;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.ledger.FundedLine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Money leaves suspense on a person's signed word or the stall's own entry, and on no posting alone. */
class DecisionTest {
    private static final List<FundedLine> LINES = List.of(vegetables(1_000));

    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();
    private final CardRecord record;

    /** A record of terminal 3 waits in suspense. */
    DecisionTest() throws Exception {
        fund.three.load(card, fund.token());
        record = CardRecord.decode(
                fund.three.debit(card, LINES, new Deltas(-1_000, 0, 0)).record());
        fund.five.sell(card, vegetables(200));
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        fund.syncAll();
        assertEquals(List.of(), fund.evening().differences());
    }

    @Test
    void the_word_is_kept_signed_with_when_which_way_and_by_whom() throws Exception {
        fund.hub.decide(card.id(), record.counter(), true, "Zoé Martin");
        byte[] bytes = fund.database.inTransaction(
                connection -> Sql.first(connection, "SELECT bytes FROM decision", row -> row.getBytes(1))
                        .orElseThrow());
        Decision kept = Decision.verified(bytes, TestFund.keys(fund.authority));
        assertArrayEquals(card.id(), kept.card());
        assertEquals(record.counter(), kept.counter());
        assertTrue(kept.payable());
        assertEquals(fund.clock.now().toEpochMilli(), kept.atMillis());
        assertEquals("Zoé Martin", kept.by());
        for (String change : List.of("UPDATE decision SET counter = 9", "DELETE FROM decision")) {
            assertThrows(
                    StorageFailed.class,
                    () -> fund.database.inTransaction(connection -> Sql.update(connection, change)));
        }
    }

    @Test
    void a_posting_out_of_suspense_that_nobody_has_decided_is_a_difference() throws Exception {
        for (boolean payable : new boolean[] {true, false}) {
            DecisionTest day = new DecisionTest();
            day.byHand(payable);
            List<String> differences = day.fund.evening().differences();
            assertTrue(
                    differences.stream().anyMatch(one -> one.contains("nothing stands behind it")),
                    payable + ": " + differences);
        }
    }

    @Test
    void a_word_that_is_changed_or_taken_away_is_a_difference() throws Exception {
        for (String change : List.of(
                "UPDATE decision SET bytes = substr(bytes, 1, 70) || x'00' || substr(bytes, 72)",
                "UPDATE decision SET counter = counter + 1",
                "DELETE FROM decision")) {
            DecisionTest day = new DecisionTest();
            day.fund.hub.decide(day.card.id(), day.record.counter(), false, "A. Operator");
            assertEquals(List.of(), day.fund.evening().differences());
            day.fund.tamper(change);
            List<String> differences = day.fund.evening().differences();
            assertTrue(
                    differences.stream().anyMatch(one -> one.contains("nothing stands behind it")),
                    change + ": " + differences);
        }
    }

    @Test
    void a_word_whose_postings_are_gone_or_turned_round_is_a_difference() throws Exception {
        fund.hub.decide(card.id(), record.counter(), false, "A. Operator");
        fund.tamper("UPDATE event SET name = 'orphan-payable', reference = replace(reference, 'orphan-returned',"
                + " 'orphan-payable') WHERE name = 'orphan-returned'");
        assertTrue(fund.evening().differences().stream()
                .anyMatch(one -> one.contains("orphan-returned") && one.contains("is not posted")));
    }

    private void byHand(boolean payable) throws StorageFailed {
        Journal journal = new Journal(Chart.shipped());
        fund.database.inTransaction(connection -> journal.post(
                connection,
                payable
                        ? CardBookings.payable(card.id(), record, "3", "2025-04-02", null)
                        : CardBookings.returned(card.id(), record, "2025-04-02", null),
                0));
    }
}
