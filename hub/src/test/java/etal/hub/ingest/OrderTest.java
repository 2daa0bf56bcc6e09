package etal.hub.ingest;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.FakeLink.Sent;
import etal.fake.SeededEntropy;
import etal.hub.reconcile.Reconciliation;
import etal.hub.world.TestFund;
import etal.protocol.ledger.LedgerFile;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.Gap;
import etal.protocol.sync.SignedCheckpoint;
import etal.protocol.sync.Topics;
import etal.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batches come late, doubled and in any order; what stands in the end is the same. */
class OrderTest {
    // terminal              hub
    //    | -- 1..2 -------->  |
    //    | -- 4..5 -------->  |   3 has not come
    //    | <------- ack 2 --  |
    //    | <------- gap 3 --  |
    //    | -- 3..5 -------->  |
    //    | <------- ack 5 --  |
    @Test
    void a_gap_is_asked_for_and_nothing_beyond_it_is_acknowledged() throws Exception {
        TestFund fund = soldOut();
        fund.link.takeSent();
        fund.deliver(fund.three.batch(1, 2));
        assertEquals(2, acknowledged(fund.link.takeSent()).checkpoint().number());

        fund.deliver(fund.three.batch(4, 5));
        List<Sent> answers = fund.link.takeSent();
        assertEquals(2, acknowledged(answers).checkpoint().number());
        Sent gap = answers.stream()
                .filter(sent -> sent.topic().name().equals(Topics.gap(1, 3)))
                .findFirst()
                .orElseThrow();
        assertEquals(new Gap(3, 1, 3), Gap.decode(gap.message()));

        fund.deliver(fund.three.batch(3, 5));
        SignedCheckpoint last = acknowledged(fund.link.takeSent());
        assertEquals(5, last.checkpoint().number());
        assertArrayEquals(fund.three.entry(5).hash(), last.checkpoint().head());
        assertTrue(last.verify(TestFund.keys(fund.authority).acknowledging().publicKey()));
    }

    @Test
    void messages_that_queue_up_are_taken_together_and_acknowledged_once() throws Exception {
        TestFund fund = soldOut();
        fund.link.takeSent();
        for (long number = 1; number <= fund.three.head(); number++) {
            fund.link.deliver(Topics.up(1, 3), fund.three.batch(number, number));
        }
        fund.loop.runUntilIdle();
        List<Sent> answers = fund.link.takeSent();
        assertEquals(
                1,
                answers.stream()
                        .filter(sent -> sent.topic().name().equals(Topics.ack(1, 3)))
                        .count(),
                "one acknowledgement for all");
        assertEquals(fund.three.head(), acknowledged(answers).checkpoint().number());
        assertEquals(1, fund.count("checkpoint"));
    }

    @Test
    void a_hub_that_does_not_know_the_time_lets_batches_wait_and_judges_nobody() throws Exception {
        TestFund fund = soldOut();
        fund.clock.trusted(false);
        fund.clock.set(java.time.Instant.EPOCH);
        fund.deliver(fund.three.batch());
        assertEquals(0, fund.count("entry"));
        fund.clock.trusted(true);
        fund.clock.set(java.time.Instant.parse("2025-04-02T15:00:00Z"));
        fund.loop.advance(java.time.Duration.ofSeconds(1));
        assertEquals(fund.three.head(), fund.count("entry"));
        assertEquals(List.of(), fund.quarantined());
    }

    @Test
    void the_same_batch_again_changes_nothing_and_is_acknowledged_with_the_same_bytes() throws Exception {
        TestFund fund = soldOut();
        fund.deliver(fund.three.batch());
        byte[] first = fund.link.takeSent().getLast().message();
        long postings = fund.count("posting");
        fund.clock.advance(java.time.Duration.ofHours(1));
        fund.deliver(fund.three.batch());
        assertArrayEquals(first, fund.link.takeSent().getLast().message());
        assertEquals(postings, fund.count("posting"));
        assertEquals(List.of(), fund.quarantined());
    }

    @Test
    void shuffled_doubled_and_cut_batches_lead_to_the_same_books() throws Exception {
        TestFund plain = soldOut();
        plain.syncAll();
        String books = books(plain);
        Seeds.forEach(12, seed -> {
            TestFund fund = soldOut();
            SeededEntropy chance = new SeededEntropy(seed);
            for (int i = 0; i < 60; i++) {
                boolean three = chance.below(2) == 0;
                long head = three ? fund.three.head() : fund.five.head();
                long from = 1 + chance.below(head);
                long to = from + chance.below(head - from + 1);
                fund.deliver(three ? fund.three.batch(from, to) : fund.five.batch(from, to));
            }
            fund.syncAll();
            assertEquals(books, books(fund));
            Reconciliation evening = fund.evening();
            assertEquals(List.of(), evening.differences());
        });
    }

    @Test
    void the_ledger_file_holds_what_the_terminal_wrote_and_what_the_hub_acknowledged() throws Exception {
        TestFund fund = soldOut();
        fund.syncAll();
        byte[] file = fund.hub.ledger(new LedgerId(3, 1)).orElseThrow();
        LedgerFile ledger = LedgerFile.decode(file);
        assertEquals(fund.three.head(), ledger.entries().size());
        assertArrayEquals(fund.three.entry(1).bytes(), ledger.entries().getFirst());
        assertEquals(4, ledger.certificates().size(), "two chains of two");
        assertEquals(1, ledger.checkpoints().size());
        assertTrue(fund.hub.ledger(new LedgerId(9, 1)).isEmpty());
    }

    /** Sales of three cards over two terminals, each card carrying news from one to the other. */
    private static TestFund soldOut() throws Exception {
        TestFund fund = new TestFund();
        fund.cards.forEach(card -> fund.three.load(card, fund.token()));
        for (int i = 0; i < 4; i++) {
            fund.three.sell(fund.cards.get(i % 3), vegetables(100 + i));
            fund.five.sell(fund.cards.get((i + 1) % 3), vegetables(200 + i));
            fund.five.sell(fund.cards.get(i % 3), vegetables(300 + i));
        }
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        return fund;
    }

    private static SignedCheckpoint acknowledged(List<Sent> sent) throws Exception {
        for (Sent one : sent) {
            if (one.topic().name().equals(Topics.ack(1, 3))) {
                return SignedCheckpoint.decode(one.message());
            }
        }
        throw new AssertionError("nothing was acknowledged");
    }

    private static String books(TestFund fund) throws Exception {
        List<String> lines = new ArrayList<>();
        fund.database.inTransaction(connection -> lines.addAll(etal.hub.books.Sql.list(
                connection,
                "SELECT reference, account, third, debit_cents, credit_cents FROM posting JOIN event"
                        + " ON event.id = posting.event ORDER BY reference, account, third, debit_cents",
                row -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3) + " " + row.getLong(4) + " "
                        + row.getLong(5))));
        return String.join("\n", lines);
    }
}
