package etal.hub.restore;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import etal.hub.sync.BundleDesk.Outcome;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.protocol.cose.P256;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.Gap;
import etal.protocol.sync.Presence;
import etal.protocol.sync.SignedPresence;
import etal.protocol.sync.Topics;
import etal.protocol.sync.bundle.Bundle;
import etal.protocol.sync.bundle.Bundle.Message;
import etal.protocol.sync.bundle.Way;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub restored from a backup, and a stall that has no network.
 *
 * <pre>
 * stick                            hub restored, generation 2
 *  |-- here, 4 entries ----------------> |
 *  |<- acknowledged 3, gap from 4 ------ |
 *  |-- entry 4, here, 4 entries -------> |  read back
 * </pre>
 */
class CarriedBackTest {
    @TempDir
    private Path directory;

    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();

    CarriedBackTest() throws Exception {
        fund.three.load(card, fund.token());
        fund.three.sell(card, vegetables(1_000));
        fund.syncAll();
    }

    @Test
    void a_stall_without_network_is_read_back_by_its_sticks() throws Exception {
        fund.sqlite().copyTo(directory.resolve("backup.db"));
        long kept = fund.three.head();
        fund.three.sell(card, vegetables(500));
        byte[] before = stick();
        fund.syncAll();
        RestoredFund restored = new RestoredFund(fund, directory.resolve("backup.db"));

        Bundle asked = taken(restored, stick()).answer();
        assertEquals(Topics.gap(1, 3), asked.messages().get(1).topic());
        assertEquals(new Gap(3, 1, kept + 1), Gap.decode(asked.messages().get(1).payload()));
        taken(restored, before);
        assertEquals(
                List.of(3L, 5L),
                restored.hub.restored().orElseThrow().terminals(),
                "what was said before the restore reads nothing back");
        Outcome.Taken all = taken(restored, stick(fund.three.batch(kept + 1, fund.three.head())));

        assertEquals(fund.three.head(), all.acknowledged());
        assertEquals(List.of(5L), restored.hub.restored().orElseThrow().terminals());
        assertEquals(1_500, restored.balance("4673"));
    }

    private static Outcome.Taken taken(RestoredFund restored, byte[] file) throws Exception {
        return assertInstanceOf(Outcome.Taken.class, restored.hub.bundles().take(file));
    }

    private byte[] stick(byte[]... batches) {
        List<Message> messages = new ArrayList<>();
        for (byte[] batch : batches) {
            messages.add(new Message(Topics.up(1, 3), batch));
        }
        Presence word = new Presence(3, 1, fund.three.head(), fund.clock.now().toEpochMilli());
        byte[] signed = SignedPresence.sign(
                        word,
                        fund.three.leaf().kid(),
                        message -> P256.sign(fund.three.leaf().scalar(), message))
                .bytes();
        messages.add(new Message(Topics.here(1, 3), signed));
        return new Bundle(Way.UP, 1, new LedgerId(3, 1), messages).encode();
    }
}
