package etal.hub.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.config.ConfigFault;
import etal.fake.FakeLink;
import etal.hub.core.HubCore;
import etal.hub.world.TestFund;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cose.P256;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.sync.Document;
import etal.protocol.sync.KeyUpdates;
import etal.protocol.sync.SignedDocument;
import etal.protocol.sync.Topics;
import etal.testkit.TestAuthority;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New keys for the fund's cards: signed by the root alone, in files that hub.yaml names, published as one document. */
class KeyUpdateFilesTest {
    private final Path directory;
    private final TestAuthority authority = new TestAuthority(7);
    private final HubDirectory files;
    private final byte[] hubsKey = TestFund.keys(authority).documents().publicKey();
    private final byte[] otherKey = P256.publicKey(authority.cardAuthorityScalar());

    KeyUpdateFilesTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        files = new HubDirectory(directory, authority, HubDirectory.cards(authority));
    }

    @Test
    void updates_that_the_root_has_signed_are_read_from_several_files() throws Exception {
        KeyUpdate two = update(1, KeySlot.TERMINAL_CA, 2, otherKey);
        KeyUpdate three = update(1, KeySlot.ISSUING_1, 3, otherKey);
        KeyUpdate four = update(1, KeySlot.ISSUING_0, 4, hubsKey);
        write("first.bin", two, three);
        write("second.bin", four);
        assertEquals(List.of(two, three, four), read("[first.bin, second.bin]").updates());
        assertEquals(
                List.of(),
                HubFile.read(files.hubYaml("ssl://127.0.0.1:1", "", ""))
                        .cardKeys()
                        .updates());
    }

    @Test
    void what_the_root_has_not_signed_for_this_fund_in_order_is_refused_with_its_line() throws Exception {
        write("other.bin", update(2, KeySlot.TERMINAL_CA, 2, otherKey));
        refused("other.bin", "updates for this fund that its root has signed");
        write(
                "forged.bin",
                KeyUpdate.sign(
                        1,
                        KeySlot.TERMINAL_CA,
                        2,
                        otherKey,
                        message -> P256.sign(authority.cardAuthorityScalar(), message)));
        refused("forged.bin", "updates for this fund that its root has signed");
        write("gap.bin", update(1, KeySlot.TERMINAL_CA, 3, otherKey));
        refused("gap.bin", "each generation from 2 on, in order");
        Files.write(directory.resolve("short.bin"), new byte[KeyUpdate.LENGTH - 1]);
        refused("short.bin", "updates of 137 bytes each");
        refused("missing.bin", "a file that can");
    }

    @Test
    void the_hub_publishes_all_of_them_and_never_fewer_and_none_by_which_cards_would_stop_hearing_it()
            throws Exception {
        TestFund fund = new TestFund();
        KeyUpdate two = update(1, KeySlot.ISSUING_1, 2, otherKey);
        KeyUpdate three = update(1, KeySlot.ISSUING_0, 3, hubsKey);
        FakeLink link = new FakeLink(fund.loop);
        assertEquals(List.of(), start(fund, link, two, three));
        link.up();
        fund.loop.runUntilIdle();
        SignedDocument published = SignedDocument.decode(link.takeSent().stream()
                .filter(sent -> sent.topic().name().equals(Topics.doc(1, Document.KEYS, 1)))
                .findFirst()
                .orElseThrow()
                .message());
        assertTrue(published.verify(hubsKey));
        assertEquals(
                List.of(two, three),
                KeyUpdates.decode(published.document().content()).updates());

        assertTrue(start(fund, new FakeLink(fund.loop), two).getFirst().startsWith("keys: 1 updates, the 2 that"));
        KeyUpdate away = update(1, KeySlot.ISSUING_0, 4, otherKey);
        List<String> complaints = start(fund, new FakeLink(fund.loop), two, three, away);
        assertTrue(complaints.getFirst().contains("another key for what this hub signs"), complaints::toString);
    }

    private static List<String> start(TestFund fund, FakeLink link, KeyUpdate... updates) throws Exception {
        HubCore hub = fund.hub(fund.database, SchemeFile.dieulefit(), fund.scheme, link);
        return hub.start(List.of(fund.cards.getFirst().member()), new KeyUpdates(List.of(updates)));
    }

    private KeyUpdate update(long fund, KeySlot slot, int generation, byte[] key) {
        return KeyUpdate.sign(fund, slot, generation, key, message -> P256.sign(authority.rootScalar(), message));
    }

    private void write(String name, KeyUpdate... updates) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (KeyUpdate update : updates) {
            bytes.writeBytes(update.encode());
        }
        Files.write(directory.resolve(name), bytes.toByteArray());
    }

    private KeyUpdates read(String names) throws Exception {
        return HubFile.read(files.hubYaml("ssl://127.0.0.1:1", "period: 2025-04", "period: 2025-04\nkeys: " + names))
                .cardKeys();
    }

    private void refused(String name, String allowed) {
        ConfigFault fault = assertThrows(ConfigFault.class, () -> read(name));
        assertTrue(String.valueOf(fault.getMessage()).contains(allowed), fault::getMessage);
        assertTrue(String.valueOf(fault.getMessage()).contains("hub.yaml:15: keys"), fault::getMessage);
    }
}
