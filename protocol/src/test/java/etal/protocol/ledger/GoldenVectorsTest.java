package etal.protocol.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import etal.protocol.TestKeys;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.order.CardOrder;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.CoseSign1;
import etal.protocol.cose.Hash;
import etal.protocol.cose.Sealed;
import etal.protocol.sync.Batch;
import etal.protocol.sync.CardOrders;
import etal.protocol.sync.Checkpoint;
import etal.protocol.sync.DenyList;
import etal.protocol.sync.Document;
import etal.protocol.sync.Gap;
import etal.protocol.sync.KeyUpdates;
import etal.protocol.sync.Presence;
import etal.protocol.sync.SignedCheckpoint;
import etal.protocol.sync.SignedDocument;
import etal.protocol.sync.SignedPresence;
import etal.protocol.sync.WantedRecords;
import etal.protocol.sync.bundle.Bundle;
import etal.protocol.sync.bundle.Way;
import etal.protocol.trust.TestCertificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The bytes in {@code protocol/vectors} are the contract: a change of one of them is a change for every terminal in the
 * field. {@code -Detal.vectors=write} writes them anew, for a change that is meant.
 */
final class GoldenVectorsTest {
    private static final Path DIRECTORY = Path.of("vectors");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long TIME_MILLIS = 1_743_588_000_000L;

    @Test
    void what_we_write_today_is_what_the_vectors_say() throws IOException, Malformed {
        Map<String, String> files = files();
        if ("write".equals(System.getProperty("etal.vectors"))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(DIRECTORY.resolve(file.getKey()), file.getValue());
            }
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            assertEquals(Files.readString(DIRECTORY.resolve(file.getKey())), file.getValue(), file.getKey());
        }
    }

    @Test
    void what_the_vectors_say_is_read_and_verified() throws IOException, Malformed {
        int seen = 0;
        for (String name : files().keySet()) {
            JsonNode file = JSON.readTree(Files.readString(DIRECTORY.resolve(name)));
            for (JsonNode vector : file.get("vectors")) {
                if (!vector.has("entry")) continue;
                SignedEntry entry =
                        SignedEntry.decode(Hash.unhex(vector.get("entry").asText()));
                assertTrue(entry.verify(Hash.unhex(file.get("publicKey").asText())), name);
                assertEquals(vector.get("hash").asText(), Hash.hex(entry.hash()));
                byte[] payload = Hash.unhex(vector.get("payload").asText());
                assertArrayEquals(payload, entry.entry().encode());
                assertEquals(vector.get("receipt").asText(), entry.receiptCode().text());
                seen++;
            }
        }
        assertEquals(SampleLedger.bodies().size(), seen);
    }

    private static Map<String, String> files() throws IOException, Malformed {
        Map<String, ObjectNode> files = new TreeMap<>();
        for (SignedEntry signed : SampleLedger.entries()) entry(files, signed);
        intent(files);
        checkpoint(files);
        document(files);
        aboutCards(files);
        presence(files);
        Gap gap = new Gap(3, 1, 12);
        vectors(files, "gap", "A gap; not signed.").addObject().put("message", Hash.hex(gap.encode()));
        List<byte[]> entries = List.of(SampleLedger.entries().get(0).bytes());
        Batch batch = new Batch(3, 1, List.of(TestCertificates.TERMINAL, TestCertificates.TERMINAL_CA), entries);
        vectors(files, "batch", "A batch of one entry.").addObject().put("message", Hash.hex(batch.encode()));
        bundle(files, batch);
        sealed(files);
        Map<String, String> texts = new TreeMap<>();
        var printer = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        for (Map.Entry<String, ObjectNode> file : files.entrySet()) {
            texts.put(file.getKey() + ".json", JSON.writer(printer).writeValueAsString(file.getValue()) + "\n");
        }
        return texts;
    }

    private static ObjectNode file(Map<String, ObjectNode> files, String kind) {
        return files.computeIfAbsent(kind, name -> JSON.createObjectNode());
    }

    private static ArrayNode vectors(Map<String, ObjectNode> files, String kind, String about) {
        return file(files, kind).put("about", about).withArray("vectors");
    }

    private static void entry(Map<String, ObjectNode> files, SignedEntry signed) throws Malformed {
        String name = signed.entry().body().getClass().getSimpleName();
        String kind = name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        ArrayNode vectors =
                vectors(files, kind, "Entries of kind " + signed.entry().body().kind() + ".");
        key(file(files, kind), "t3-e1", SampleLedger.KID);
        CoseSign1 message = CoseSign1.decode(signed.bytes());
        vectors.addObject()
                .put("number", signed.entry().number())
                .put("payload", Hash.hex(message.payload()))
                .put("entry", Hash.hex(signed.bytes()))
                .put("hash", Hash.hex(signed.hash()))
                .put("receipt", signed.receiptCode().text())
                .put("fingerprint", signed.receiptCode().fingerprint());
    }

    private static void key(ObjectNode file, String name, byte[] kid) {
        file.put("publicKey", Hash.hex(TestKeys.publicKey(name)));
        file.put("kid", Hash.hex(kid));
    }

    private static void bundle(Map<String, ObjectNode> files, Batch batch) {
        List<Bundle.Message> messages = List.of(new Bundle.Message("etal/1/up/3", batch.encode()));
        Bundle up = new Bundle(Way.UP, 1, new LedgerId(3, 1), messages);
        vectors(files, "bundle", "A stick's file with one batch.")
                .addObject()
                .put("name", up.name())
                .put("file", Hash.hex(up.encode()));
    }

    private static void intent(Map<String, ObjectNode> files) {
        String about = "The intents of sale 1 and of sale 6, with labels, and their hashes, which the card signs.";
        vectors(files, "intent", about)
                .addObject()
                .put("intent", Hash.hex(intent(1, SampleLedger.LINES)))
                .put("hash", Hash.hex(SampleLedger.intentHash(1)));
        vectors(files, "intent", about)
                .addObject()
                .put("intent", Hash.hex(intent(6, SampleLedger.LABELLED)))
                .put("hash", Hash.hex(Hash.sha256(intent(6, SampleLedger.LABELLED))));
        vectors(files, "cancel-intent", "The intent of the cancellation of sale 1, and its hash, which the card signs.")
                .addObject()
                .put("intent", Hash.hex(cancelIntent()))
                .put("hash", Hash.hex(SampleLedger.cancelHash()));
    }

    private static byte[] intent(long sale, List<FundedLine> lines) {
        return Intent.encode(
                SampleLedger.TERMINAL,
                SampleLedger.EPOCH,
                sale,
                SampleLedger.SELLER,
                SampleLedger.SCHEME,
                lines,
                SampleLedger.DETAILS_HASH,
                SampleLedger.DELTAS);
    }

    private static byte[] cancelIntent() {
        return Intent.encodeCancelling(
                SampleLedger.TERMINAL,
                SampleLedger.EPOCH,
                1,
                SampleLedger.saleHash(),
                Body.Cancellation.RUNG_UP_WRONGLY,
                SampleLedger.DETAILS_HASH,
                SampleLedger.DELTAS.negated());
    }

    private static void checkpoint(Map<String, ObjectNode> files) {
        Checkpoint checkpoint = new Checkpoint(3, 1, 17, Hash.sha256(), TIME_MILLIS, 1);
        byte[] kid = Hash.sha256(TestCertificates.HUB_ACK);
        byte[] bytes = SignedCheckpoint.sign(checkpoint, kid, TestKeys.signer("hub ack"))
                .bytes();
        vectors(files, "checkpoint", "A checkpoint of entry 17.").addObject().put("message", Hash.hex(bytes));
        key(file(files, "checkpoint"), "hub ack", kid);
    }

    private static void document(Map<String, ObjectNode> files) {
        byte[] content = "id: dieulefit\n".getBytes(StandardCharsets.UTF_8);
        Document document = new Document(Document.SCHEME, "dieulefit", 2, TIME_MILLIS, content);
        byte[] kid = Hash.sha256(TestCertificates.HUB_DOCUMENTS);
        byte[] bytes = SignedDocument.sign(document, kid, TestKeys.signer("hub documents"))
                .bytes();
        vectors(files, "document", "A scheme document.").addObject().put("message", Hash.hex(bytes));
        key(file(files, "document"), "hub documents", kid);
    }

    private static void aboutCards(Map<String, ObjectNode> files) {
        DenyList list = DenyList.of(List.of(new byte[] {(byte) 0xff, 0, 0, 0, 0, 0, 0, 1}, new byte[8]));
        aboutCards(files, "deny", "A list of two denied cards", Document.DENY, list.encode());
        CardOrder.Head head = new CardOrder.Head(1, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, 0, TIME_MILLIS / 1_000);
        UnaryOperator<byte[]> issuing = TestKeys.signer("hub documents");
        CardOrders orders = new CardOrders(
                8,
                List.of(
                        CardOrder.Block.sign(head, issuing),
                        CardOrder.Set.sign(head, Entitlement.monthly(20_000, 63, 74, 2), issuing),
                        CardOrder.Add.sign(head, 3, 64, CardOrder.Reason.TRANSFER, new Deltas(450, -20, 10), issuing)));
        aboutCards(files, "orders", "A block order, a SET and an ADD to one card", Document.orders(8), orders.encode());
        KeyUpdates keys = new KeyUpdates(List.of(
                KeyUpdate.sign(1, KeySlot.ISSUING_1, 2, TestKeys.publicKey("hub documents"), TestKeys.signer("root"))));
        aboutCards(files, "keys", "The fund's first key update", Document.KEYS, keys.encode());
        file(files, "keys").put("rootPublicKey", Hash.hex(TestKeys.publicKey("root")));
        WantedRecords wanted = new WantedRecords(List.of(
                new WantedRecords.Span(new byte[8], 2, 7),
                new WantedRecords.Span(new byte[8], 9, 9),
                new WantedRecords.Span(new byte[] {(byte) 0xff, 0, 0, 0, 0, 0, 0, 1}, 1, 300)));
        aboutCards(files, "wanted", "Wanted records of two cards", Document.WANTED, wanted.encode());
    }

    private static void aboutCards(
            Map<String, ObjectNode> files, String file, String about, String kind, byte[] content) {
        Document document = new Document(kind, Document.CARDS, 1, TIME_MILLIS, content);
        byte[] kid = Hash.sha256(TestCertificates.HUB_DOCUMENTS);
        byte[] bytes = SignedDocument.sign(document, kid, TestKeys.signer("hub documents"))
                .bytes();
        vectors(files, file, about + ", and the document that carries it.")
                .addObject()
                .put("content", Hash.hex(content))
                .put("message", Hash.hex(bytes));
        key(file(files, file), "hub documents", kid);
    }

    private static void presence(Map<String, ObjectNode> files) {
        byte[] bytes = SignedPresence.sign(
                        new Presence(3, 1, 17, TIME_MILLIS), SampleLedger.KID, TestKeys.signer("t3-e1"))
                .bytes();
        vectors(files, "presence", "Terminal 3 says that it is there, with 17 entries.")
                .addObject()
                .put("message", Hash.hex(bytes));
        key(file(files, "presence"), "t3-e1", SampleLedger.KID);
    }

    private static void sealed(Map<String, ObjectNode> files) {
        byte[] text = "sealed to the hub".getBytes(StandardCharsets.UTF_8);
        byte[] kid = Hash.sha256(TestCertificates.HUB_SEAL);
        byte[] sealed = Sealed.seal(text, TestKeys.publicKey("hub seal"), kid, TestKeys.stream("entropy"));
        vectors(files, "sealed", "A text sealed to a key for tests, whose private scalar is given: not secret.")
                .addObject()
                .put("plaintext", Hash.hex(text))
                .put("sealed", Hash.hex(sealed))
                .put("testPrivateScalar", Hash.hex(TestKeys.scalar("hub seal")));
        key(file(files, "sealed"), "hub seal", kid);
    }
}
