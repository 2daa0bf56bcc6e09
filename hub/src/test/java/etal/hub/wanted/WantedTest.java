package etal.hub.wanted;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.books.Sql;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.protocol.card.Deltas;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.Body.Abandoned;
import etal.protocol.sync.Document;
import etal.protocol.sync.SignedDocument;
import etal.protocol.sync.Topics;
import etal.protocol.sync.WantedRecords;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What the hub asks cards for: records below one that has come, and those that stalls have in doubt.
 *
 * <pre>
 * card        stall 3 (burns)      stall 5              hub
 *  |-- 1, 2, 3 -->|                  |                   |
 *  |------------- SELECT, 4 -------> |-- 3 sealed, 4 --> |
 *  |                                 |<-- wanted 1..2 ---|
 *  |-------- READ LOG 1, 2 --------> |-- 1, 2 ---------> |
 *  |                                 |<-- wanted none ---|
 * </pre>
 */
class WantedTest {
    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();

    WantedTest() throws Exception {
        fund.three.load(card, fund.token());
        fund.three.sell(card, vegetables(700));
        fund.three.sell(card, vegetables(300));
    }

    @Test
    void records_of_a_stall_that_has_not_come_are_wanted_until_another_one_has_read_them_from_the_card()
            throws Exception {
        fund.five.sell(card, vegetables(200));
        fund.deliver(fund.five.batch());
        assertEquals("1 1..2", wanted(), "the third came sealed with the fourth");

        fund.five.append(new Body.RecordCarried(null, fund.five.seal(card.proof(1))));
        fund.deliver(fund.five.batch());
        assertEquals("1 2..2", wanted());

        fund.five.append(new Body.RecordCarried(null, fund.five.seal(card.proof(2))));
        fund.deliver(fund.five.batch());
        assertEquals("", wanted());
        assertEquals(3, version(), "one version for each change, and each signed");
    }

    @Test
    void what_the_stall_itself_brings_is_not_wanted_any_more_and_where_nothing_is_missing_nothing_is_published()
            throws Exception {
        fund.five.sell(card, vegetables(200));
        fund.deliver(fund.three.batch());
        fund.deliver(fund.five.batch());
        assertEquals(0, version());
        fund.five.sell(card, vegetables(200));
        fund.deliver(fund.five.batch());
        assertEquals(0, version());
    }

    @Test
    void a_payment_in_doubt_is_wanted_until_its_stall_knows_that_it_was_none() throws Exception {
        fund.deliver(fund.three.batch());
        SaleInDoubt doubt = doubt();
        fund.deliver(fund.three.batch());
        assertEquals("1 4..4", wanted());

        fund.three.append(new Abandoned(doubt.sale(), Abandoned.GIVEN_UP_UNDONE));
        fund.deliver(fund.three.batch());
        assertEquals("1 4..4", wanted(), "nobody knows yet whether the card has paid");

        fund.three.append(new Abandoned(doubt.sale(), Abandoned.NOT_DEBITED));
        fund.deliver(fund.three.batch());
        assertEquals("", wanted());
    }

    @Test
    void older_records_than_the_ring_holds_are_not_asked_for() throws Exception {
        for (int i = 0; i < 20; i++) {
            fund.three.sell(card, vegetables(100));
        }
        fund.five.sell(card, vegetables(100));
        fund.deliver(fund.five.batch());
        assertEquals(24, card.counter());
        assertEquals("1 9..22", wanted(), "16 with the newest two, which have come");
    }

    @Test
    void whoever_invents_doubts_fills_nothing_and_hides_no_gap() throws Exception {
        fund.five.sell(card, vegetables(200));
        for (long counter = 1_000; counter < 1_100; counter += 2) {
            fund.five.append(new Body.InDoubt(counter, card.id(), counter, new Deltas(-1, 0, 0), new byte[32], null));
        }
        fund.five.append(new Body.InDoubt(7, new byte[8], 3, new Deltas(-1, 0, 0), new byte[32], null));
        fund.deliver(fund.five.batch());
        List<WantedRecords.Span> spans = published().of(card.id());
        assertEquals(9, spans.size(), "the gap and eight questions");
        assertTrue(spans.getFirst().holds(1) && spans.getFirst().holds(2));
        assertEquals(9, published().spans().size(), "nothing of a card that is not the fund's");
    }

    @Test
    void a_hub_that_is_started_anew_finds_what_is_missing_by_itself() throws Exception {
        fund.five.sell(card, vegetables(200));
        fund.deliver(fund.five.batch());
        fund.tamper("DELETE FROM wanted");
        assertEquals(
                List.of(),
                fund.start(fund.hub(fund.database, etal.protocol.scheme.file.SchemeFile.dieulefit(), fund.scheme)));
        assertEquals("1 1..2", wanted());
        assertEquals(1, version(), "and says it in the same document");
    }

    @Test
    void one_look_at_all_cards_finds_what_a_look_at_each_of_them_finds() throws Exception {
        for (long seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            for (String table : List.of("wanted", "card_record", "doubt")) {
                clear(table);
            }
            scatter(random);
            List<byte[]> cards = fund.database.inTransaction(
                    connection -> Sql.list(connection, "SELECT card FROM card ORDER BY card", row -> row.getBytes(1)));
            fund.database.inTransaction(connection -> {
                for (byte[] each : cards) {
                    WantedBook.of(connection, each);
                }
                return true;
            });
            List<String> each = inStore();
            if (random.nextBoolean()) {
                clear("wanted");
            }
            fund.database.inTransaction(connection -> {
                WantedBook.all(connection);
                return true;
            });
            assertEquals(each, inStore(), "seed " + seed);
        }
    }

    private void clear(String table) throws Exception {
        if (fund.count(table) > 0) {
            fund.tamper("DELETE FROM " + table);
        }
    }

    /** Records with gaps, and questions below, within and above the ring. */
    private void scatter(SplittableRandom random) throws Exception {
        int newest = random.nextInt(40);
        int missingOneIn = 1 + random.nextInt(30);
        for (int counter = random.nextInt(2); counter <= newest; counter++) {
            if (random.nextInt(missingOneIn) > 0) {
                insert(
                        "card_record (card, counter, tag, source, bytes, signature) VALUES (?, ?, 'DEBIT', 't', x'', x'')",
                        counter);
            }
        }
        for (int doubts = random.nextInt(3); doubts > 0; doubts--) {
            insert(
                    "doubt (card, counter, terminal, epoch, number, sale, day, allocation, bonus, earnable, intent_hash)"
                            + " VALUES (?, ?, 3, 1, 1" + doubts + ", 1, '2025-03-01', 0, 0, 0, x'')",
                    random.nextInt(50));
        }
    }

    private void insert(String what, long counter) throws Exception {
        fund.database.inTransaction(connection -> Sql.update(connection, "INSERT INTO " + what, card.id(), counter));
    }

    private List<String> inStore() throws Exception {
        return fund.database.inTransaction(connection -> Sql.list(
                connection,
                "SELECT card, first_counter, last_counter FROM wanted ORDER BY card, first_counter",
                row -> Hash.hex(row.getBytes(1)) + " " + row.getLong(2) + ".." + row.getLong(3)));
    }

    private record SaleInDoubt(long sale) {}

    private SaleInDoubt doubt() {
        long before = fund.three.lastSale() + 1;
        fund.three.append(
                new Body.InDoubt(before, card.id(), card.counter(), new Deltas(-100, 0, 0), new byte[32], null));
        return new SaleInDoubt(before);
    }

    private String wanted() throws Exception {
        StringBuilder text = new StringBuilder();
        for (WantedRecords.Span span : published().spans()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(span.card()[7])
                    .append(' ')
                    .append(span.first())
                    .append("..")
                    .append(span.last());
        }
        return text.toString();
    }

    private WantedRecords published() throws Exception {
        SignedDocument signed = newest().orElseThrow();
        assertTrue(signed.verify(TestFund.keys(fund.authority).documents().publicKey()));
        return WantedRecords.decode(signed.document().content());
    }

    private long version() throws Exception {
        return newest().map(signed -> signed.document().version()).orElse(0L);
    }

    private Optional<SignedDocument> newest() throws Exception {
        Optional<byte[]> stored = fund.database.inTransaction(connection -> Sql.first(
                connection,
                "SELECT bytes FROM document WHERE kind = ? ORDER BY version DESC",
                row -> row.getBytes(1),
                Document.WANTED));
        return stored.isEmpty() ? Optional.empty() : Optional.of(SignedDocument.decode(stored.get()));
    }

    @Test
    void it_is_sent_retained_and_the_version_before_is_taken_away() throws Exception {
        fund.five.sell(card, vegetables(200));
        fund.deliver(fund.five.batch());
        fund.five.append(new Body.RecordCarried(null, fund.five.seal(card.proof(1))));
        fund.link.takeSent();
        fund.deliver(fund.five.batch());
        List<String> sent = fund.link.takeSent().stream()
                .filter(one -> one.topic().name().contains(Document.WANTED)
                        && one.topic().retained())
                .map(one -> one.topic().name() + (one.message().length == 0 ? " away" : ""))
                .toList();
        assertEquals(List.of(Topics.doc(1, Document.WANTED, 2), Topics.doc(1, Document.WANTED, 1) + " away"), sent);
    }
}
