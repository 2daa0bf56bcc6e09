package etal.hub.core;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.FakeLink;
import etal.fake.FaultyDatabase;
import etal.fake.QueueLoop;
import etal.fake.SeededEntropy;
import etal.hub.reconcile.Reconciliation;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.port.Link.Topic;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import etal.protocol.sync.Document;
import etal.protocol.sync.SignedDocument;
import etal.protocol.sync.Topics;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class HubCoreTest {
    @Test
    void the_month_opens_with_members_contributions_and_what_their_cards_may_load() throws Exception {
        TestFund fund = new TestFund();
        assertEquals(45_000, fund.balance("4671"), "three cards");
        assertEquals(-45_000, fund.balance("6571"));
        assertEquals(-45_000, fund.balance("512"));
        assertEquals(45_000, fund.balance("7562"));
        assertEquals(0, fund.balance("411"), "called and paid");
        long events = fund.count("event");
        assertEquals(List.of(), fund.start(second(fund)));
        assertEquals(events, fund.count("event"), "started again, nothing is posted twice");
    }

    @Test
    void documents_are_published_retained_and_signed_at_each_link_up_with_the_same_bytes() throws Exception {
        TestFund fund = new TestFund();
        List<FakeLink.Sent> first = fund.link.takeSent();
        fund.link.down();
        fund.link.up();
        fund.loop.runUntilIdle();
        List<FakeLink.Sent> again = fund.link.takeSent();
        assertEquals(
                List.of(
                        new Topic(Topics.doc(1, Document.SCHEME, 1), true),
                        new Topic(Topics.doc(1, Document.CATALOGUE, 1), true),
                        new Topic(Topics.doc(1, Document.PERIOD, 63), true)),
                first.stream().map(FakeLink.Sent::topic).toList());
        for (int i = 0; i < first.size(); i++) {
            assertArrayEquals(first.get(i).message(), again.get(i).message());
            assertTrue(SignedDocument.decode(first.get(i).message())
                    .verify(TestFund.keys(fund.authority).documents().publicKey()));
        }
        assertTrue(fund.token().verify(TestFund.keys(fund.authority).documents().publicKey()));
    }

    @Test
    void other_rules_need_a_higher_version() throws Exception {
        TestFund fund = new TestFund();
        String changed = SchemeFile.dieulefit() + "# voted again\n";
        assertEquals(
                1, fund.start(fund.hub(fund.database, changed, fund.scheme)).size());
        String second = SchemeFile.dieulefit()
                .replace("version: 1", "version: 2")
                .replace("holdsFrom: 2025-03-01", "holdsFrom: 2025-05-01");
        if (!(SchemeFile.read(second, "second") instanceof SchemeReading.Read read)) {
            throw new AssertionError("the second version does not read");
        }
        assertEquals(List.of(), fund.start(fund.hub(fund.database, second, read.scheme())));
        assertEquals(4, fund.count("document"), "both schemes, catalogue, token");
        String other = SchemeFile.dieulefit().replace("\nid: dieulefit\n", "\nid: another\n");
        if (!(SchemeFile.read(other, "other.yaml") instanceof SchemeReading.Read renamed)) {
            throw new AssertionError(other);
        }
        assertEquals(
                1,
                fund.start(fund.hub(fund.database, other, renamed.scheme())).size(),
                "nor under another name, whose versions terminals would not take");
        assertEquals(1, fund.start(second(fund)).size(), "and the old one is not published again");
    }

    @Test
    void a_member_whose_words_change_or_whose_card_is_not_the_funds_is_refused() throws Exception {
        TestFund fund = new TestFund();
        TestCard richer = new TestCard(fund.authority, 1, 99_000);
        TestCard foreign = new TestCard(new etal.testkit.TestAuthority(8), 4, 100);
        HubCore hub = second(fund);
        List<String> complaints = hub.start(List.of(richer.member(), foreign.member()));
        assertEquals(3, complaints.size(), "contribution, entitlement, certificate: " + complaints);
        assertEquals(3, fund.count("card"));
    }

    @Test
    void whichever_transaction_fails_the_terminals_send_again_and_the_books_balance() throws Exception {
        for (long n = 1; ; n++) {
            TestFund fund = new TestFund();
            fund.three.load(fund.cards.getFirst(), fund.token());
            fund.three.sell(fund.cards.getFirst(), vegetables(1_250));
            fund.three.close("2025-04-02");
            fund.five.close("2025-04-02");
            FaultyDatabase faulty = new FaultyDatabase(fund.database);
            FakeLink link = new FakeLink(fund.loop);
            HubCore hub = fund.hub(faulty, SchemeFile.dieulefit(), fund.scheme, link);
            fund.start(hub);
            faulty.failAt(n);
            link.up();
            deliver(link, fund.loop, fund);
            boolean failed = !fund.failures.isEmpty();
            deliver(link, fund.loop, fund);
            Reconciliation evening = hub.reconcile(TestFund.DAY, true);
            assertEquals(List.of(), evening.differences(), "transaction " + n);
            assertEquals(1_250, fund.balance("4673"));
            if (!failed) {
                assertTrue(n > 3, "publishing and both batches have failed once");
                return;
            }
        }
    }

    @Test
    void four_thousand_sales_are_taken_in_a_few_seconds() throws Exception {
        TestFund fund = new TestFund();
        SeededEntropy chance = new SeededEntropy(1);
        for (TestCard card : fund.cards) {
            fund.three.load(card, fund.token());
        }
        for (int i = 0; i < 4_000; i++) {
            TestCard card = fund.cards.get((int) chance.below(3));
            (chance.below(2) == 0 ? fund.three : fund.five).sell(card, vegetables(1 + chance.below(7)));
        }
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        long started = System.nanoTime();
        long startedCpu = cpuMillis();
        for (long from = 1; from <= Math.max(fund.three.head(), fund.five.head()); from += 200) {
            if (from <= fund.three.head()) {
                fund.link.deliver(Topics.up(1, 3), fund.three.batch(from, Math.min(fund.three.head(), from + 199)));
            }
            if (from <= fund.five.head()) {
                fund.link.deliver(Topics.up(1, 5), fund.five.batch(from, Math.min(fund.five.head(), from + 199)));
            }
        }
        fund.loop.runUntilIdle();
        long ingestCpu = cpuMillis() - startedCpu;
        long ingestMillis = (System.nanoTime() - started) / 1_000_000;
        Reconciliation evening = fund.evening();
        long allMillis = (System.nanoTime() - started) / 1_000_000;
        assertEquals(List.of(), evening.differences());
        assertEquals(4_000, evening.sales());
        System.out.println(
                "hub: 4000 sales taken in " + ingestMillis + " ms (" + ingestCpu + " ms of one core), with a deep"
                        + " evening in " + allMillis + " ms (" + (cpuMillis() - startedCpu) + " ms of one core)");
        assertTrue(allMillis < 60_000, "took " + allMillis + " ms");
    }

    private static long cpuMillis() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000;
    }

    private static void deliver(FakeLink link, QueueLoop loop, TestFund fund) {
        link.deliver(Topics.up(1, 3), fund.three.batch());
        loop.runUntilIdle();
        link.deliver(Topics.up(1, 5), fund.five.batch());
        loop.runUntilIdle();
    }

    /** Another program on the same store, with a link of its own. */
    private static HubCore second(TestFund fund) {
        return fund.hub(fund.database, SchemeFile.dieulefit(), fund.scheme);
    }
}
