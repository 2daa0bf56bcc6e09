package etal.hub.ingest;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.books.Sql;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.Topics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever holds a terminal's key fills so much of the hub's disk and no more, and keeps nobody's money away. */
class FullQuarantineTest {
    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();

    FullQuarantineTest() throws Exception {}

    @Test
    void messages_without_end_fill_so_much_and_are_counted_from_there_on() throws Exception {
        for (int message = 0; message < 40; message++) {
            byte[] junk = new byte[900_000];
            junk[0] = (byte) message;
            fund.link.deliver(Topics.up(1, 3), junk);
        }
        fund.loop.runUntilIdle();
        assertEquals(18, fund.quarantined().size(), "18 times 900,000 bytes are less than 16 MiB");
        assertTrue(oddities().contains("senders unknown: the quarantine is full, 22 times"), oddities());

        fund.three.load(card, fund.token());
        fund.three.sell(card, vegetables(500));
        fund.deliver(fund.three.batch());
        assertEquals(500, fund.balance("4673"), "what is right is taken as ever");
    }

    @Test
    void entries_beside_the_ledger_that_find_no_room_are_not_acknowledged_and_taken_once_there_is_some()
            throws Exception {
        fund.deliver(fund.three.batch());
        fund.three.load(card, fund.token());
        fund.three.sell(card, vegetables(500));
        List<byte[]> branch = new ArrayList<>(List.of(fund.three.entry(1).bytes()));
        byte[] previous = fund.three.entry(1).hash();
        for (int number = 2; number <= 6; number++) {
            Body note = new Body.TechnicalEvent(Body.TechnicalEvent.STARTED, "another past " + number);
            SignedEntry other = fund.three.sign(new Entry(3, 1, number, previous, fund.three.timeMillis(), true, note));
            branch.add(other.bytes());
            previous = other.hash();
        }
        fund.deliver(fund.three.batch());
        full();
        fund.deliver(fund.three.batch(branch));
        assertEquals(0, fund.count("fork"));
        assertTrue(oddities().contains("terminal 3: the room beside its ledger is full"), oddities());

        fund.tamper("UPDATE kept SET kept_bytes = 0");
        fund.deliver(fund.three.batch(branch));
        assertEquals(5, fund.count("fork"));
    }

    private void full() throws Exception {
        fund.database.inTransaction(connection -> Sql.update(
                connection,
                "INSERT INTO kept (terminal, place, kept_bytes, left_out, left_out_bytes) VALUES (3, 'fork', ?, 0, 0)",
                Quarantine.BYTES_MAX));
    }

    private String oddities() throws Exception {
        return String.join("\n", fund.evening().oddities());
    }
}
