package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.card.Answers;
import etal.protocol.card.Commands;
import etal.protocol.card.Personalisation;
import etal.virtualcard.PresentedCard.End;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A card on a reader.
 * <pre>
 *  reader                                card
 *     |<------------- connects ------------|  presented
 *     |-- 00 01 | 04 --------------------->|
 *     |<-- 00 05 | ATR --------------------|
 *     |-- 00 0D | SELECT ----------------->|
 *     |<-- 00 7F | answer -----------------|
 *     |<------------- closes --------------|  withdrawn, or torn
 * </pre>
 */
class PresentedCardTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int LOCK = 0xE8;

    @TempDir
    Path directory = Path.of("");

    private interface Scene {
        void play(PocketCard card, TestReader reader) throws Exception;
    }

    private void play(Scene scene) throws Exception {
        try (CardPocket pocket = CardPocket.open(directory.resolve("cards.journal"));
                TestReader reader = new TestReader()) {
            scene.play(pocket.make("h12", TestFund.seed(1)), reader);
        }
    }

    @Test
    void a_card_answers_the_reader_and_is_withdrawn() throws Exception {
        play((card, reader) -> {
            PresentedCard presented = card.present(reader.address(), new Tear.Never());
            try (TestReader.Field field = reader.takeCard()) {
                field.send(1);
                field.send(4);
                assertArrayEquals(new byte[] {0x3B, (byte) 0x80, (byte) 0x80, 1, 1}, field.receive());
                assertEquals(127, field.transmit(Commands.select()).length);
                assertEquals(67, field.transmit(Personalisation.generateKey()).length);
                field.send(2);
                assertEquals(0x6986, Answers.statusWord(field.transmit(Personalisation.generateKey())));
                assertEquals(0x6700, Answers.statusWord(field.transmit(new byte[60_000])));
                assertEquals(Optional.empty(), presented.await(Duration.ZERO));
                presented.withdraw();
                assertThrows(IOException.class, field::receive);
            }
            assertEquals(Optional.of(End.WITHDRAWN), presented.await(SOON));
        });
    }

    @Test
    void a_reader_that_lets_go_ends_it() throws Exception {
        play((card, reader) -> {
            PresentedCard presented = card.present(reader.address(), new Tear.Never());
            reader.takeCard().close();
            assertEquals(Optional.of(End.RELEASED), presented.await(SOON));
        });
    }

    /** @return whether LOCK, the first command with that INS, was answered before the card was gone */
    private boolean lockTorn(Tear tear, boolean lockedAfterwards) throws Exception {
        boolean[] answered = {false};
        play((card, reader) -> {
            TestFund.OURS.personalise(card::transmit, 1);
            PresentedCard presented = card.present(reader.address(), tear);
            try (TestReader.Field field = reader.takeCard()) {
                assertEquals(2, field.transmit(Commands.select())[1]);
                field.send(Personalisation.lock(TestFund.NOON, 1));
                try {
                    answered[0] = field.receive().length == 66;
                    assertThrows(IOException.class, field::receive);
                } catch (EOFException gone) {
                    answered[0] = false;
                }
            }
            assertEquals(Optional.of(End.TORN), presented.await(SOON));
            assertEquals(lockedAfterwards ? 0 : 2, card.transmit(Commands.select())[1]);
        });
        return answered[0];
    }

    @Test
    void a_card_can_be_gone_before_a_command_within_it_or_after_it() throws Exception {
        assertFalse(lockTorn(new Tear.BeforeCommand(LOCK), false));
        Files.delete(directory.resolve("cards.journal"));
        assertFalse(lockTorn(new Tear.AtWrite(LOCK, 1), false));
        Files.delete(directory.resolve("cards.journal"));
        assertFalse(lockTorn(new Tear.BeforeAnswer(LOCK), true));
        Files.delete(directory.resolve("cards.journal"));
        assertTrue(lockTorn(new Tear.AfterAnswer(LOCK), true));
    }

    @Test
    void a_tear_at_a_write_that_never_comes_lets_the_card_answer() throws Exception {
        play((card, reader) -> {
            TestFund.OURS.personalise(card::transmit, 1);
            PresentedCard presented = card.present(reader.address(), new Tear.AtWrite(LOCK, 99));
            try (TestReader.Field field = reader.takeCard()) {
                field.transmit(Commands.select());
                assertEquals(66, field.transmit(Personalisation.lock(TestFund.NOON, 1)).length);
                assertEquals(127, field.transmit(Commands.select()).length);
            }
            assertEquals(Optional.of(End.RELEASED), presented.await(SOON));
        });
    }

    @Test
    void without_a_reader_there_is_nothing_to_lie_on() throws Exception {
        play((card, reader) -> {
            reader.close();
            assertThrows(IOException.class, () -> card.present(reader.address(), new Tear.Never()));
        });
    }
}
