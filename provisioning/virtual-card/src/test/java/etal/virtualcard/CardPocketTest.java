package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.card.Answers;
import etal.protocol.card.Answers.CardState;
import etal.protocol.card.Commands;
import etal.protocol.card.Deltas;
import etal.protocol.card.Personalisation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pocket outlives its process: killed anywhere, its cards are as they were. */
class CardPocketTest {
    @TempDir
    Path directory = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void a_file_for_the_pocket() {
        file = directory.resolve("cards.journal");
    }

    /** A card that has its key; returns what a SELECT says of it from now on, without the challenge. */
    private static byte[] keyed(PocketCard card) throws Exception {
        card.transmit(Commands.select());
        return Answers.body(card.transmit(Personalisation.generateKey()));
    }

    private static boolean keyAnswersTo(PocketCard card, byte[] key) throws Exception {
        card.transmit(Commands.select());
        int good = Answers.statusWord(card.transmit(Personalisation.putCertificate(TestFund.OURS.certify(key, 1))));
        return good == 0x9000;
    }

    @Test
    void a_card_is_as_it_was_after_the_process_is_gone() throws Exception {
        byte[] key;
        try (CardPocket pocket = CardPocket.open(file)) {
            key = keyed(pocket.make("h12", TestFund.seed(1)));
            keyed(pocket.make("h13", TestFund.seed(2)));
        }
        try (CardPocket pocket = CardPocket.open(file)) {
            assertEquals(List.of("h12", "h13"), pocket.names());
            assertTrue(keyAnswersTo(pocket.card("h12").orElseThrow(), key));
            assertFalse(keyAnswersTo(pocket.card("h13").orElseThrow(), key));
            assertTrue(pocket.card("h14").isEmpty());
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void a_payment_made_before_the_process_was_gone_is_still_made() throws Exception {
        TestStall stall = new TestStall(TestFund.OURS, 3, 1);
        try (CardPocket pocket = CardPocket.open(file)) {
            PocketCard card = pocket.make("h12", TestFund.seed(1));
            TestFund.OURS.personalise(card::transmit, 1);
            card.transmit(Personalisation.lock(TestFund.NOON, 1));
            stall.meet(card::transmit);
            card.transmit(stall.load(TestFund.OURS.token(TestFund.APRIL, 0)));
            byte[] debit = stall.debit(stall.debitOf(17, 1, new Deltas(-1_250, 0, 0)));
            assertThrows(Torn.class, () -> card.transmitCut(debit, 1));
            stall.meet(card::transmit);
            card.transmitUnanswered(stall.debit(stall.debitOf(17, 1, new Deltas(-1_250, 0, 0))));
        }
        try (CardPocket pocket = CardPocket.open(file)) {
            PocketCard card = pocket.card("h12").orElseThrow();
            CardState state = stall.meet(card::transmit);
            assertEquals(2, state.newest().counter());
            assertEquals(18_750, state.newest().after().allocation());
        }
    }

    @Test
    void torn_and_unanswered_commands_are_replayed_as_they_were() throws Exception {
        byte[] first;
        try (CardPocket pocket = CardPocket.open(file)) {
            PocketCard card = pocket.make("h12", TestFund.seed(1));
            byte[] key = keyed(card);
            assertTrue(keyAnswersTo(card, key));
            card.transmit(Personalisation.putKey(Personalisation.KeySlot.ISSUING_0, key));
            assertThrows(Torn.class, () -> card.transmitCut(Personalisation.generateKey(), 1));
            card.transmit(Commands.select());
            card.transmitUnanswered(Personalisation.putEntitlement(TestFund.ENTITLEMENT));
            card.powerOff();
            first = card.transmit(Commands.select());
        }
        try (CardPocket pocket = CardPocket.open(file)) {
            PocketCard card = pocket.card("h12").orElseThrow();
            byte[] again = card.transmit(Commands.select());
            // All but the challenge, which is new at each SELECT.
            for (int at = 0; at < 3 + 114; at++) {
                assertEquals(first[at], again[at]);
            }
        }
    }

    @Test
    void a_last_line_that_was_torn_off_has_not_happened() throws Exception {
        byte[] key;
        try (CardPocket pocket = CardPocket.open(file)) {
            key = keyed(pocket.make("h12", TestFund.seed(1)));
        }
        byte[] whole = Files.readAllBytes(file);
        String next = new Happening.Executed("h12", Personalisation.generateKey()).line();
        for (int cut = 1; cut < next.length(); cut++) {
            Files.write(file, whole);
            Files.writeString(file, next.substring(0, cut), StandardCharsets.UTF_8, StandardOpenOption.APPEND);
            try (CardPocket pocket = CardPocket.open(file)) {
                assertEquals(List.of("h12"), pocket.names());
            }
            assertArrayEquals(whole, Files.readAllBytes(file));
        }
        try (CardPocket pocket = CardPocket.open(file)) {
            assertTrue(keyAnswersTo(pocket.card("h12").orElseThrow(), key));
        }
    }

    @Test
    void a_damaged_line_is_named() throws Exception {
        try (CardPocket pocket = CardPocket.open(file)) {
            keyed(pocket.make("h12", TestFund.seed(1)));
        }
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length - 1; at += 7) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(file, damaged);
            IOException named = assertThrows(IOException.class, () -> CardPocket.open(file));
            assertTrue(String.valueOf(named.getMessage()).contains("damaged line"));
        }
        Files.writeString(file, "x".repeat(5_000_000));
        assertThrows(IOException.class, () -> CardPocket.open(file));
    }

    @Test
    void two_pockets_do_not_share_a_file() throws Exception {
        try (CardPocket pocket = CardPocket.open(file)) {
            assertThrows(IOException.class, () -> CardPocket.open(file));
            assertEquals(List.of(), pocket.names());
        }
        CardPocket.open(file).close();
    }

    @Test
    void a_pocket_that_keeps_nothing_has_cards_like_any_other_and_no_file() throws Exception {
        try (CardPocket pocket = CardPocket.unkept()) {
            byte[] key = keyed(pocket.make("h12", TestFund.seed(1)));
            assertTrue(keyAnswersTo(pocket.card("h12").orElseThrow(), key));
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void a_name_stands_for_one_seed() throws Exception {
        try (CardPocket pocket = CardPocket.open(file)) {
            PocketCard card = pocket.make("h12", TestFund.seed(1));
            assertEquals(card, pocket.make("h12", TestFund.seed(1)));
            assertThrows(IllegalArgumentException.class, () -> pocket.make("h12", TestFund.seed(2)));
            assertThrows(IllegalArgumentException.class, () -> pocket.make("h 12", TestFund.seed(2)));
        }
    }
}
