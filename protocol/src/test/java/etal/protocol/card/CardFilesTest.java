package etal.protocol.card;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import etal.protocol.card.order.CardOrder;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code vectors/card-*.json} say of a card and a terminal is sound, as far as it can be seen without a card. */
class CardFilesTest {
    private static final Path DIRECTORY = Path.of("vectors");
    private static final int ORDER_AT = 5 + 12;

    private final JsonNode keys = file("keys");
    private final PairwiseKey key = new PairwiseKey(bytes(keys, "pairwise key"));

    CardFilesTest() throws IOException, Malformed {}

    private static JsonNode file(String name) throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(DIRECTORY.resolve("card-" + name + ".json")));
    }

    private static byte[] bytes(JsonNode node, String field) throws Malformed {
        return Hash.unhex(node.get(field).textValue());
    }

    /** Every exchange of every file. */
    private static List<JsonNode> exchanges() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            for (Path path : files.filter(file -> file.getFileName().toString().startsWith("card-"))
                    .sorted()
                    .toList()) {
                JsonNode vectors =
                        new ObjectMapper().readTree(Files.readAllBytes(path)).path("vectors");
                vectors.forEach(all::add);
            }
        }
        return all;
    }

    private static JsonNode exchange(String name, int index) throws IOException {
        return file(name).get("vectors").get(index);
    }

    private static int word(JsonNode exchange) {
        return Integer.parseInt(exchange.get("statusWord").textValue(), 16);
    }

    @Test
    void the_pairwise_key_follows_from_both_keys() throws Exception {
        byte[] scalar = bytes(keys, "terminal agreement private");
        byte[] card = bytes(keys, "card public");
        assertArrayEquals(bytes(keys, "shared x"), P256.agree(scalar, card));
        assertEquals(key, PairwiseKey.derive(scalar, P256.compress(card), bytes(keys, "cardId"), 3, 1));
        assertArrayEquals(bytes(keys, "terminal agreement public"), P256.publicKey(scalar));
        for (String role : List.of("card CA", "terminal CA", "issuing 0", "issuing 1", "root")) {
            assertArrayEquals(bytes(keys.get(role), "public"), P256.publicKey(bytes(keys.get(role), "private")), role);
        }
    }

    @Test
    void every_mac_is_made_with_it_but_the_one_that_the_card_refuses() throws Exception {
        int seen = 0;
        for (JsonNode exchange : exchanges()) {
            if (exchange.has("mac")) {
                byte[] over = bytes(exchange, "macOver");
                byte[] challenge = Arrays.copyOf(over, 8);
                byte[] mac = key.mac(challenge, Arrays.copyOfRange(over, 8, over.length));
                boolean refused = word(exchange) == StatusWord.NOT_AUTHENTIC;
                assertEquals(!refused, Arrays.equals(bytes(exchange, "mac"), mac), exchange.toString());
                seen++;
            }
        }
        assertTrue(seen > 25, "only " + seen);
    }

    @Test
    void every_record_is_signed_by_the_card() throws Exception {
        byte[] card = bytes(keys, "card public");
        int seen = 0;
        for (JsonNode exchange : exchanges()) {
            if (exchange.has("record")) {
                CardRecord record = CardRecord.decode(bytes(exchange, "record"));
                byte[] signature = bytes(exchange, "signature");
                assertTrue(record.verify(card, signature), exchange.toString());
                Answers.DebitAnswer answer = Answers.debit(bytes(exchange, "answer"));
                assertEquals(record.counter(), answer.counter());
                assertEquals(record.after(), answer.after());
                assertArrayEquals(signature, answer.signature());
                seen++;
            }
        }
        assertTrue(seen >= 8, "only " + seen);
        byte[] lock = bytes(exchange("personalisation", 7), "answer");
        assertTrue(CardRecord.first(1_743_595_200L).verify(card, Answers.lock(lock)));
    }

    @Test
    void what_is_hidden_is_read_with_the_key() throws Exception {
        JsonNode state = exchange("state", 1);
        byte[] challenge = bytes(state, "challenge");
        Answers.CardState told = Answers.state(key, challenge, bytes(state, "answer"));
        assertEquals(Answers.state(bytes(state, "plain")), told);
        assertEquals(CardRecord.Tag.FIRST, told.newest().tag());
        JsonNode log = exchange("read-log", 0);
        Answers.LoggedRecord logged = Answers.readLog(key, bytes(log, "challenge"), 2, bytes(log, "answer"));
        assertArrayEquals(bytes(exchange("debit", 0), "record"), logged.record().encode());
        for (JsonNode exchange : List.of(state, log)) {
            byte[] stream = bytes(exchange, "keyStream");
            byte[] plain = bytes(exchange, "plain");
            for (int i = 0; i < stream.length; i++) {
                assertEquals(bytes(exchange, "answer")[i], (byte) (stream[i] ^ plain[i]));
            }
        }
        JsonNode introduce = exchange("introduce", 1);
        assertTrue(Answers.confirms(key, bytes(introduce, "challenge"), bytes(introduce, "answer")));
    }

    @Test
    void orders_and_key_updates_are_signed_by_whom_the_card_believes() throws Exception {
        for (int i = 0; i < 6; i++) {
            byte[] command = bytes(exchange("voucher", i), "command");
            CardOrder order = CardOrder.decode(Arrays.copyOfRange(command, ORDER_AT, command.length - 9));
            assertTrue(order.verify(bytes(keys.get("issuing " + order.head().slot()), "public")));
            assertEquals(
                    word(exchange("voucher", i)) != StatusWord.BAD_TOKEN,
                    order.head().isFor(1, bytes(keys, "cardId")));
        }
        byte[] command = bytes(exchange("key-update", 1), "command");
        KeyUpdate update = KeyUpdate.decode(Arrays.copyOfRange(command, 13, command.length - 9));
        assertTrue(update.verify(bytes(keys.get("root"), "public")));
        assertEquals(2, Answers.keyUpdate(bytes(exchange("key-update", 1), "answer")));
        Answers.SelectAnswer select = Answers.select(bytes(exchange("select", 0), "answer"));
        assertTrue(select.certificate().verify(bytes(keys.get("card CA"), "public")));
    }
}
