package etal.terminal.hardware.pn532;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.CardGone;
import etal.port.ReaderBroken;
import etal.terminal.hardware.pn532.ChipError.Next;
import etal.terminal.hardware.pn532.Field.Sighting;
import etal.virtualcard.pn532.ChipPace;
import etal.virtualcard.pn532.EmulatedChip;
import etal.virtualcard.pn532.EmulatedField;
import etal.virtualcard.pn532.LineFaults;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the driver makes of the field and of each trouble, over an emulated chip on which waiting takes no time. */
class FieldTest {
    private static final byte[] LOST = {};

    private final EmulatedField lying = new EmulatedField();
    private final EmulatedChip chip = new EmulatedChip(lying, ChipPace.instant());
    private final EmulatedWire wire = new EmulatedWire(chip, LineFaults.none());
    private final Pn532Settings settings = Pn532Settings.standard();
    private final EchoCard card = new EchoCard();

    private Field open() throws ReaderBroken {
        return new Field(new UartChip(() -> wire, 921_600, settings).open(), settings);
    }

    private static Target only(Field field) throws ReaderBroken {
        return assertInstanceOf(Sighting.Card.class, field.look()).target();
    }

    @Test
    void the_chip_is_woken_at_115200_and_set_to_921600() throws ReaderBroken {
        assertEquals(115_200, chip.baud());
        open();
        assertEquals(921_600, chip.baud());
        assertEquals(921_600, wire.baud());
    }

    @Test
    void a_chip_that_was_set_before_the_program_started_again_is_found_at_its_rate() throws ReaderBroken {
        open();
        assertEquals(new Sighting.Empty(), open().look());
        assertEquals(921_600, chip.baud());
    }

    @Test
    void an_empty_field_a_card_a_tag_and_two_things_are_told_apart() throws ReaderBroken {
        Field field = open();
        assertEquals(new Sighting.Empty(), field.look());

        lying.lay(card);
        assertEquals(0x08, only(field).uid()[0]);

        lying.layUnfit(0x08);
        assertEquals(new Sighting.Several(), field.look());

        lying.liftFirst();
        assertEquals(new Sighting.Unfit(), field.look());
        lying.lift();
        lying.layUnfit(0x00);
        assertEquals(new Sighting.Unfit(), field.look());
    }

    @Test
    void what_is_longer_than_a_frame_goes_and_comes_in_pieces() throws Exception {
        lying.lay(card);
        Field field = open();
        Target target = only(field);
        for (int[] lengths : new int[][] {{0, 0}, {240, 251}, {256, 252}, {300, 253}, {1_000, 600}, {2_000, 3_000}}) {
            byte[] apdu = EchoCard.command(lengths[0], lengths[0], lengths[1]);
            assertArrayEquals(EchoCard.firstAnswer(apdu), field.exchange(target, apdu));
        }
    }

    @Test
    void a_card_that_left_is_gone_and_one_that_lies_there_in_silence_is_too_slow() throws Exception {
        lying.lay(card);
        Field field = open();
        Target target = only(field);
        assertTrue(field.stillThere());
        lying.lift();
        assertFalse(field.stillThere());
        assertFalse(gone(field, target).tooSlow());

        lying.layHesitant(card, Duration.ofSeconds(30));
        Target slow = only(field);
        long before = wire.nanos();
        assertTrue(gone(field, slow).tooSlow());
        Duration waited = Duration.ofNanos(wire.nanos() - before);
        assertTrue(waited.compareTo(settings.answerWithin().plusMillis(100)) < 0, waited.toString());

        lying.lift();
        field.reset();
        assertEquals(new Sighting.Empty(), field.look());
    }

    @Test
    void waiting_time_extensions_are_the_chips_affair_while_they_last() throws Exception {
        lying.layHesitant(card, Duration.ofMillis(1_900));
        Field field = open();
        byte[] apdu = EchoCard.command(1, 20, 20);
        assertArrayEquals(EchoCard.firstAnswer(apdu), field.exchange(only(field), apdu));
    }

    @ParameterizedTest
    @EnumSource(value = ChipError.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void each_error_of_the_chip_has_its_consequence(ChipError error) throws Exception {
        lying.lay(card);
        Field field = open();
        Target target = only(field);
        chip.fail(code(error));

        Throwable failure = assertThrows(Exception.class, () -> field.exchange(target, EchoCard.command(1, 0, 0)));
        if (error.next() == Next.START_THE_CHIP_AGAIN) {
            assertInstanceOf(ReaderBroken.class, failure);
        } else {
            // The card still answers when it is looked for: only then a time-out means that it was too slow.
            assertEquals(
                    error.next() == Next.LOOK_WHETHER_IT_IS_THERE,
                    assertInstanceOf(CardGone.class, failure).tooSlow());
        }
        chip.fail(0);
        assertInstanceOf(Sighting.Card.class, open().look());
    }

    @Test
    void an_error_that_no_manual_names_starts_the_chip_again() {
        assertEquals(ChipError.UNKNOWN, ChipError.of(0x3E));
        assertEquals(ChipError.TIME_OUT, ChipError.of(0xC1));
        assertTrue(ChipError.none(0x40));
    }

    @Test
    void a_damaged_answer_is_asked_for_again_and_the_card_executes_once() throws Exception {
        lying.lay(card);
        Field field = open();
        Target target = only(field);
        AtomicInteger damaged = new AtomicInteger(2);
        wire.onTheWayToHost(frame -> isExchange(frame) && damaged.getAndDecrement() > 0 ? broken(frame) : frame);

        byte[] apdu = EchoCard.command(7, 40, 40);
        assertArrayEquals(EchoCard.firstAnswer(apdu), field.exchange(target, apdu));
        assertEquals(1, card.executed(apdu));
        assertEquals(-1, damaged.get());
    }

    @Test
    void without_an_ack_a_command_for_a_card_is_not_sent_again() throws Exception {
        lying.lay(card);
        Field field = open();
        Target target = only(field);
        AtomicInteger sent = new AtomicInteger();
        wire.onTheWayToChip(counting(sent));
        byte[] apdu = EchoCard.command(8, 40, 40);
        wire.onTheWayToHost(frame -> frame.length == Frame.ack().length && sent.get() == 1 ? LOST : frame);

        assertThrows(CardGone.class, () -> field.exchange(target, apdu));
        assertEquals(1, sent.get());
        assertEquals(1, card.executed(apdu), "it was executed, and the loop knows that it cannot know");

        // The answer that nobody took is not the next command's.
        byte[] next = EchoCard.command(9, 40, 40);
        assertArrayEquals(EchoCard.firstAnswer(next), field.exchange(target, next));
    }

    @Test
    void a_lost_answer_is_unknown_and_never_the_answer_to_the_next_command() throws Exception {
        lying.lay(card);
        Field field = open();
        Target target = only(field);
        AtomicInteger lost = new AtomicInteger(1);
        wire.onTheWayToHost(frame -> isExchange(frame) && lost.getAndDecrement() > 0 ? LOST : frame);
        byte[] apdu = EchoCard.command(10, 40, 40);
        assertThrows(CardGone.class, () -> field.exchange(target, apdu));
        assertEquals(1, card.executed(apdu));
        byte[] next = EchoCard.command(11, 40, 40);
        assertArrayEquals(EchoCard.firstAnswer(next), field.exchange(target, next));
    }

    @Test
    void a_chip_that_lost_its_power_is_broken_and_works_when_opened_again() throws Exception {
        lying.lay(card);
        Field field = open();
        Target target = only(field);
        wire.onTheWayToChip(frame -> LOST);
        assertThrows(CardGone.class, () -> field.exchange(target, EchoCard.command(1, 0, 0)));
        assertThrows(ReaderBroken.class, field::reset);
        assertThrows(ReaderBroken.class, this::open);
        wire.onTheWayToChip(UnaryOperator.identity());
        assertInstanceOf(Sighting.Card.class, open().look());
    }

    @Test
    void what_answers_and_is_no_pn532_is_refused_and_the_wire_let_go() {
        wire.onTheWayToHost(frame -> {
            if (frame.length == 13 && frame[6] == 0x03) {
                frame[7] = 0x33;
                frame[11]--;
            }
            return frame;
        });
        assertThrows(ReaderBroken.class, this::open);
        assertTrue(wire.closed());
    }

    @Test
    void a_wire_that_is_cut_breaks_the_reader_whatever_it_does() throws Exception {
        lying.lay(card);
        Field field = open();
        Target target = only(field);
        wire.cut();
        assertThrows(ReaderBroken.class, () -> field.exchange(target, EchoCard.command(1, 0, 0)));
        assertThrows(ReaderBroken.class, field::stillThere);
        assertThrows(ReaderBroken.class, field::look);
    }

    private static CardGone gone(Field field, Target target) {
        return assertThrows(CardGone.class, () -> field.exchange(target, EchoCard.command(1, 0, 0)));
    }

    private static int code(ChipError error) {
        for (int code = 1; code < 0x40; code++) {
            if (ChipError.of(code) == error) {
                return code;
            }
        }
        throw new AssertionError(error);
    }

    private static boolean isExchange(byte[] frame) {
        return frame.length > 8 && frame[6] == 0x41;
    }

    private static byte[] broken(byte[] frame) {
        byte[] broken = frame.clone();
        broken[broken.length / 2] ^= 0x10;
        return broken;
    }

    private static UnaryOperator<byte[]> counting(AtomicInteger exchanges) {
        return frame -> {
            if (frame.length > 8 && frame[5] == (byte) 0xD4 && frame[6] == 0x40) {
                exchanges.incrementAndGet();
            }
            return frame;
        };
    }
}
