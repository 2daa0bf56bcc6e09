package etal.protocol.sync;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Mutations;
import etal.protocol.TestKeys;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.SampleLedger;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.trust.TestCertificates;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What goes over the wire.
 *
 * <pre>
 * terminal                                   hub
 *    |-- etal/1/up/3    Batch ----------------->|   any number of times
 *    |-- etal/1/here/3  Presence, signed ------->|   now and then
 *    |<- etal/1/ack/3   Checkpoint, signed -----|   after it is stored
 *    |<- etal/1/gap/3   Gap --------------------|   where something is missing
 *    |<- etal/1/doc/... Document, signed -------|   retained
 * </pre>
 */
final class SyncTest {
    private static final byte[] ACK_KID = Hash.sha256(TestCertificates.HUB_ACK);

    private static final Presence PRESENCE = new Presence(3, 1, 17, 1_743_588_000_000L);

    private static Batch batch() {
        List<byte[]> entries =
                SampleLedger.entries().stream().map(SignedEntry::bytes).toList();
        return new Batch(3, 1, List.of(TestCertificates.TERMINAL, TestCertificates.TERMINAL_CA), entries);
    }

    private static Checkpoint checkpoint() {
        return new Checkpoint(3, 1, 17, Hash.sha256(), 1_743_588_000_000L, 1);
    }

    private static Document document(String kind) {
        return new Document(
                kind, "dieulefit", 2, 1_743_588_000_000L, "nom: Dieulefit".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_batch_reads_back() throws Malformed {
        Batch read = Batch.decode(batch().encode());
        assertEquals(3, read.terminal());
        assertEquals(1, read.epoch());
        assertEquals(SampleLedger.entries().size(), read.entries().size());
        assertArrayEquals(batch().encode(), read.encode());
    }

    @Test
    void a_batch_without_entries_or_certificates_or_with_too_many_is_refused() {
        byte[] entry = {0};
        List<byte[]> one = List.of(entry);
        assertThrows(Malformed.class, () -> Batch.decode(new Batch(3, 1, one, List.of()).encode()));
        assertThrows(Malformed.class, () -> Batch.decode(new Batch(3, 1, List.of(), one).encode()));
        List<byte[]> many = Collections.nCopies(Batch.ENTRIES_MAX + 1, entry);
        assertThrows(Malformed.class, () -> Batch.decode(new Batch(3, 1, one, many).encode()));
        assertThrows(Malformed.class, () -> Batch.decode(new Batch(1L << 32, 1, one, one).encode()));
    }

    @Test
    void the_largest_batch_can_be_read() throws Malformed {
        byte[] entry = new byte[Batch.ENTRY_BYTES_MAX / Batch.ENTRIES_MAX];
        List<byte[]> certificates = Collections.nCopies(4, new byte[4096]);
        byte[] bytes = new Batch(3, 1, certificates, Collections.nCopies(Batch.ENTRIES_MAX, entry)).encode();
        assertTrue(bytes.length < Cbor.LENGTH_MAX);
        assertEquals(Batch.ENTRIES_MAX, Batch.decode(bytes).entries().size());
    }

    @Test
    void a_gap_reads_back() throws Malformed {
        Gap gap = new Gap(3, 1, 12);
        assertEquals(gap, Gap.decode(gap.encode()));
        assertThrows(Malformed.class, () -> Gap.decode(new Gap(3, 1, 0).encode()));
    }

    @Test
    void a_checkpoint_is_the_hubs_word_and_nobody_elses() throws Malformed {
        byte[] bytes = Checkpoint.sign(checkpoint(), ACK_KID, TestKeys.signer("hub ack"));
        SignedCheckpoint read = SignedCheckpoint.decode(bytes);
        assertArrayEquals(ACK_KID, read.kid());
        assertEquals(17, read.checkpoint().number());
        assertEquals("t3-e1", read.checkpoint().ledger().toString());
        assertTrue(read.verify(TestKeys.publicKey("hub ack")));
        assertFalse(read.verify(TestKeys.publicKey("t3-e1")));
        assertThrows(Malformed.class, () -> SignedDocument.decode(bytes), "a checkpoint is no document");
        assertThrows(Malformed.class, () -> SignedEntry.decode(bytes), "a checkpoint is no entry");
    }

    @Test
    void a_presence_is_the_terminals_word_and_no_other_kind_of_word() throws Malformed {
        SignedPresence signed = SignedPresence.sign(PRESENCE, SampleLedger.KID, TestKeys.signer("t3-e1"));
        SignedPresence read = SignedPresence.decode(signed.bytes());
        assertEquals(PRESENCE, read.presence());
        assertEquals("t3-e1", read.presence().ledger().toString());
        assertTrue(read.verify(TestKeys.publicKey("t3-e1")));
        assertFalse(read.verify(TestKeys.publicKey("hub ack")));
        assertThrows(Malformed.class, () -> SignedEntry.decode(signed.bytes()), "a presence is no entry");
        assertThrows(Malformed.class, () -> SignedCheckpoint.decode(signed.bytes()), "a presence is no checkpoint");
        assertTrue(new Presence(3, 1, 17, PRESENCE.timeMillis() + 1).newerThan(PRESENCE));
        assertTrue(new Presence(3, 1, 18, PRESENCE.timeMillis()).newerThan(PRESENCE));
        assertFalse(PRESENCE.newerThan(PRESENCE));
    }

    @Test
    void a_document_of_each_kind_reads_back_and_no_other() throws Malformed {
        for (String kind : List.of("scheme", "catalogue", "period", "deny", "keys", "orders-0", "orders-15")) {
            SignedDocument signed = SignedDocument.sign(document(kind), ACK_KID, TestKeys.signer("hub documents"));
            SignedDocument read = SignedDocument.decode(signed.bytes());
            assertEquals(kind, read.document().kind());
            assertEquals(2, read.document().version());
            assertArrayEquals(document(kind).content(), read.document().content());
            assertTrue(read.verify(TestKeys.publicKey("hub documents")));
        }
        for (String kind : List.of("rumour", "orders", "orders-", "orders-16", "orders-00", "orders--1")) {
            assertThrows(
                    IllegalStateException.class,
                    () -> SignedDocument.sign(document(kind), ACK_KID, TestKeys.signer("hub documents")),
                    kind);
        }
    }

    @Test
    void topics_name_fund_and_terminal() {
        assertEquals("etal/1/up/3", Topics.up(1, 3));
        assertEquals("etal/1/here/3", Topics.here(1, 3));
        assertEquals("etal/1/ack/3", Topics.ack(1, 3));
        assertEquals("etal/1/gap/3", Topics.gap(1, 3));
        assertEquals("etal/1/doc/scheme/2", Topics.doc(1, Document.SCHEME, 2));
        assertEquals("etal/1/doc/#", Topics.docs(1));
    }

    @Test
    void only_malformed_comes_out_of_changed_messages() {
        byte[] batch = new Batch(3, 1, List.of(new byte[3]), List.of(new byte[5], new byte[300])).encode();
        Mutations.feed(
                List.of(batch, batch().encode()),
                20_000,
                input -> assertArrayEquals(input, Batch.decode(input).encode()));
        byte[] checkpoint = Checkpoint.sign(checkpoint(), ACK_KID, TestKeys.signer("hub ack"));
        int forged = Mutations.feed(List.of(checkpoint), 20_000, input -> {
            SignedCheckpoint read = SignedCheckpoint.decode(input);
            if (!read.verify(TestKeys.publicKey("hub ack"))) throw new Malformed("not signed");
            assertArrayEquals(checkpoint, input);
        });
        assertTrue(forged < 200, "only changes that undo each other pass: " + forged);
        byte[] document = SignedDocument.sign(document("scheme"), ACK_KID, TestKeys.signer("hub documents"))
                .bytes();
        Mutations.feed(List.of(document), 20_000, input -> {
            SignedDocument read = SignedDocument.decode(input);
            assertTrue(java.util.Arrays.equals(document, input) || !read.verify(TestKeys.publicKey("hub documents")));
        });
        byte[] presence = SignedPresence.sign(PRESENCE, SampleLedger.KID, TestKeys.signer("t3-e1"))
                .bytes();
        Mutations.feed(List.of(presence), 20_000, input -> {
            SignedPresence read = SignedPresence.decode(input);
            assertTrue(java.util.Arrays.equals(presence, input) || !read.verify(TestKeys.publicKey("t3-e1")));
        });
        Mutations.feed(
                List.of(new Gap(3, 1, 12).encode()),
                20_000,
                input -> assertArrayEquals(input, Gap.decode(input).encode()));
    }
}
