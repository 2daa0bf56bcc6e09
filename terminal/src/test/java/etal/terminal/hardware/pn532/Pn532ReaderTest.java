package etal.terminal.hardware.pn532;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.config.ThreadLoop;
import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.CardReader.CardEvent;
import etal.port.ReaderBroken;
import etal.testkit.TempDirectory;
import etal.virtualcard.BankCard;
import etal.virtualcard.Tear;
import etal.virtualcard.pn532.ChipPace;
import etal.virtualcard.pn532.EmulatedField;
import etal.virtualcard.pn532.LineFaults;
import etal.virtualcard.pn532.SerialModule;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reader with its thread and a real serial port of Linux: a pseudo-terminal, behind which an emulated chip works. */
class Pn532ReaderTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TempDirectory directory = TempDirectory.make();
    private final ThreadLoop loop = new ThreadLoop("loop", crash -> {
        throw new AssertionError(crash);
    });
    private final BlockingQueue<CardEvent> events = new LinkedBlockingQueue<>();
    private final EmulatedField field = new EmulatedField();
    private final EchoCard card = new EchoCard();
    private final SerialModule module = module(LineFaults.none());
    private Pn532Reader reader = reader(settings());

    private SerialModule module(LineFaults faults) {
        return new SerialModule(
                field, ChipPace.instant(), faults, directory.path().resolve("ttyUSB0"));
    }

    private Pn532Reader reader(Pn532Settings settings) {
        return Pn532Reader.onUart(module.device(), 921_600, loop, settings);
    }

    /** Patient where a busy machine may be late, quick where only waiting would be tested. */
    private static Pn532Settings settings() {
        return new Pn532Settings(
                Duration.ofMillis(1_000),
                Duration.ofMillis(1_500),
                Duration.ofMillis(1_000),
                Duration.ofMillis(1_000),
                Duration.ofMillis(5),
                Duration.ofMillis(40),
                Duration.ofMillis(1),
                Duration.ofMillis(10),
                Duration.ofMillis(20),
                1);
    }

    @BeforeEach
    void plugged_in() throws IOException {
        module.plug();
    }

    @AfterEach
    void put_away() throws IOException {
        reader.close();
        module.close();
        loop.close();
        directory.close();
    }

    @Test
    void a_card_is_presented_answers_and_leaves() throws Exception {
        listen();
        field.lay(card);
        CardChannel channel = presented();
        assertEquals(0x08, channel.uid().orElseThrow()[0]);
        assertAnswers(channel, 1);
        assertEquals(921_600, module.chip().baud());

        field.lift();
        assertInstanceOf(CardEvent.Gone.class, next());
        assertFalse(assertThrows(CardGone.class, () -> channel.transmit(EchoCard.command(2, 0, 0)))
                .tooSlow());
    }

    @Test
    void a_program_that_starts_again_finds_the_module_as_it_left_it() throws Exception {
        listen();
        reader.close();
        reader = reader(settings());
        listen();
        field.lay(card);
        assertAnswers(presented(), 1);
    }

    @Test
    void two_cards_are_a_collision_and_the_one_that_stays_is_presented() throws Exception {
        listen();
        field.lay(new BankCard("bank"));
        assertInstanceOf(CardEvent.Presented.class, next());
        field.lift();
        assertInstanceOf(CardEvent.Gone.class, next());

        synchronized (field) {
            field.lay(new BankCard("bank"));
            field.lay(card);
        }
        assertInstanceOf(CardEvent.Collision.class, next());
        field.liftFirst();
        assertAnswers(presented(), 1);
    }

    @Test
    void a_tag_is_unfit_once_until_it_is_lifted() throws Exception {
        listen();
        field.layUnfit(0x08);
        assertInstanceOf(CardEvent.Unfit.class, next());
        field.lift();
        assertInstanceOf(CardEvent.Gone.class, next());
        assertTrue(events.isEmpty());
    }

    @Test
    void a_module_that_is_unplugged_is_said_and_taken_back() throws Exception {
        listen();
        field.lay(card);
        CardChannel channel = presented();
        module.unplug();
        assertInstanceOf(CardEvent.Gone.class, next());
        assertEquals(new CardEvent.ReaderState(false), next());
        assertThrows(CardGone.class, () -> channel.transmit(EchoCard.command(1, 0, 0)));

        module.plug();
        assertEquals(new CardEvent.ReaderState(true), next());
        assertAnswers(presented(), 2);
    }

    @Test
    void a_module_that_is_not_there_yet_is_waited_for() throws Exception {
        module.unplug();
        reader.listen(events::add);
        assertEquals(new CardEvent.ReaderState(false), next());
        module.plug();
        assertEquals(new CardEvent.ReaderState(true), next());
    }

    @Test
    void a_silent_card_is_too_slow_and_must_be_lifted_before_it_is_presented_again() throws Exception {
        reader = reader(settings().withAnswerWithin(Duration.ofMillis(100)));
        listen();
        field.layHesitant(card, Duration.ofMinutes(1));
        CardChannel channel = presented();
        assertTrue(assertThrows(CardGone.class, () -> channel.transmit(EchoCard.command(1, 0, 0)))
                .tooSlow());
        field.lift();
        assertInstanceOf(CardEvent.Gone.class, next());
        field.lay(card);
        assertAnswers(presented(), 2);
    }

    @Test
    void a_torn_card_is_gone_and_comes_back_as_another() throws Exception {
        listen();
        field.lay(card, new Tear.BeforeAnswer(0x10));
        CardChannel torn = presented();
        assertThrows(CardGone.class, () -> torn.transmit(EchoCard.command(1, 8, 8)));
        assertInstanceOf(CardEvent.Gone.class, next());
        assertEquals(1, card.executed(EchoCard.command(1, 8, 8)));
        field.lay(card);
        CardChannel back = presented();
        assertNotSame(torn, back);
        assertAnswers(back, 2);
        assertThrows(CardGone.class, () -> torn.transmit(EchoCard.command(3, 0, 0)));
    }

    @Test
    void a_card_that_fails_and_was_not_lifted_is_the_same_card_and_is_not_presented_for_ever() throws Exception {
        listen();
        field.lay(card);
        CardChannel channel = presented();
        assertAnswers(channel, 1);
        module.chip().fail(0x0B);
        for (int i = 0; i < 3; i++) {
            assertThrows(CardGone.class, () -> channel.transmit(EchoCard.command(2, 0, 0)));
            assertSame(channel, presented());
        }
        assertThrows(CardGone.class, () -> channel.transmit(EchoCard.command(2, 0, 0)));
        module.chip().fail(0);
        field.lift();
        assertInstanceOf(CardEvent.Gone.class, next());
    }

    @Test
    void whether_an_idle_card_is_still_there_is_not_asked_while_it_pays() throws Exception {
        reader = reader(new Pn532Settings(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMillis(5),
                Duration.ofSeconds(5),
                Duration.ofMillis(1),
                Duration.ofMillis(10),
                Duration.ofMillis(20),
                1));
        listen();
        field.lay(card);
        CardChannel channel = presented();
        for (int number = 1; number <= 200; number++) {
            assertAnswers(channel, number);
        }
        assertEquals(200, module.chip().exchanges());
        assertEquals(0, module.chip().presenceChecks());
    }

    @Test
    void over_a_bad_line_every_answer_is_the_right_one_and_the_reader_works_on() throws Exception {
        module.unplug();
        long seed = 532;
        try (SerialModule bad = module(new LineFaults(seed, 40))) {
            bad.plug();
            reader = reader(new Pn532Settings(
                    Duration.ofMillis(80),
                    Duration.ofMillis(120),
                    Duration.ofMillis(150),
                    Duration.ofMillis(100),
                    Duration.ofMillis(3),
                    Duration.ofMillis(30),
                    Duration.ofMillis(1),
                    Duration.ofMillis(1),
                    Duration.ofMillis(5),
                    0));
            field.lay(card);
            reader.listen(events::add);
            Random random = new Random(seed);
            int answered = 0;
            int number = 1;
            for (int told = 0; number <= 150; told++) {
                assertTrue(told < 1_000, "seed " + seed + ": the reader does not work on");
                CardEvent event = events.poll(500, TimeUnit.MILLISECONDS);
                if (event instanceof CardEvent.Presented(CardChannel channel)) {
                    int before = number;
                    number = exchangeUntilGone(channel, number, random);
                    answered += number - before - (number <= 150 ? 1 : 0);
                } else if (event == null) {
                    // It was silent, or failed too often in a row: it must be lifted.
                    field.lift();
                } else if (event instanceof CardEvent.Gone && field.isEmpty()) {
                    field.lay(card);
                }
            }
            assertTrue(answered > 75, "seed " + seed + ": only " + answered + " answered");
            assertTrue(card.executed().values().stream().allMatch(times -> times == 1), "seed " + seed);
        }
    }

    private int exchangeUntilGone(CardChannel channel, int from, Random random) {
        int number = from;
        try {
            while (number <= 150) {
                byte[] apdu = EchoCard.command(number, random.nextInt(300), random.nextInt(250));
                number++;
                assertArrayEquals(EchoCard.firstAnswer(apdu), channel.transmit(apdu));
            }
        } catch (CardGone | ReaderBroken lost) {
            // What was lost is unknown; the card that still lies there comes back as another.
        }
        return number;
    }

    private void listen() throws InterruptedException {
        reader.listen(events::add);
        assertEquals(new CardEvent.ReaderState(true), next());
    }

    private CardChannel presented() throws InterruptedException {
        return assertInstanceOf(CardEvent.Presented.class, next()).channel();
    }

    private CardEvent next() throws InterruptedException {
        CardEvent event = events.poll(SOON.toMillis(), TimeUnit.MILLISECONDS);
        if (event == null) {
            throw new AssertionError("the reader tells nothing");
        }
        return event;
    }

    private static void assertAnswers(CardChannel channel, int number) throws CardGone, ReaderBroken {
        byte[] apdu = EchoCard.command(number, 100, 60);
        assertArrayEquals(EchoCard.firstAnswer(apdu), channel.transmit(apdu));
    }
}
