package etal.terminal.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import etal.port.CardReader.CardEvent;
import etal.port.Loop;
import etal.protocol.card.CardRecord;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Wanted;
import etal.terminal.hardware.pn532.Pn532Reader;
import etal.terminal.hardware.pn532.Pn532Settings;
import etal.testkit.TempDirectory;
import etal.virtualcard.FieldCard;
import etal.virtualcard.Tear;
import etal.virtualcard.Torn;
import etal.virtualcard.VirtualCard;
import etal.virtualcard.pn532.ChipPace;
import etal.virtualcard.pn532.EmulatedField;
import etal.virtualcard.pn532.LineFaults;
import etal.virtualcard.pn532.SerialModule;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whole payments: the till, the PN532 driver, a serial port of Linux, the emulated chip and the real applet.
 *
 * <pre>
 *   till          reader             chip                 card
 *    |-- SELECT ----&gt;|-- InDataExchange --&gt;|-- I-block ----------&gt;|
 *    |-- STATE -----&gt;|                     |                      |
 *    |-- DEBIT -----&gt;|                     |   torn at any of them |
 * </pre>
 */
class Pn532PaymentTest {
    private static final long CENTS = 135;
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TempDirectory directory = TempDirectory.make();
    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);
    private final EmulatedField field = new EmulatedField();
    private final SerialModule module = new SerialModule(
            field, ChipPace.instant(), LineFaults.none(), directory.path().resolve("ttyAMA0"));
    private final BlockingQueue<Runnable> told = new LinkedBlockingQueue<>();
    private final Pn532Reader reader = Pn532Reader.onUart(module.device(), 921_600, new Told(told), settings());
    private boolean lying;
    private final FieldCard card = new Plastic(fund.card(1));

    /** The till's loop is this test's thread: what the reader tells is run by {@link #until}. */
    private record Told(BlockingQueue<Runnable> queue) implements Loop {
        @Override
        public void post(Runnable event) {
            queue.add(event);
        }

        @Override
        public <T> T call(Callable<T> work) {
            throw new UnsupportedOperationException("readers only tell");
        }

        @Override
        public Timer after(Duration delay, Runnable event) {
            throw new UnsupportedOperationException("readers only tell");
        }
    }

    /** The applet as a card that lies on a reader. */
    private record Plastic(VirtualCard chip) implements FieldCard {
        @Override
        public String name() {
            return "anna";
        }

        @Override
        public byte[] transmit(byte[] apdu) {
            try {
                return chip.transmit(apdu);
            } catch (Torn unasked) {
                throw new AssertionError(unasked);
            }
        }

        @Override
        public byte[] transmitCut(byte[] apdu, int write) throws Torn {
            chip.tearAtWrite(write);
            return chip.transmit(apdu);
        }

        @Override
        public void transmitUnanswered(byte[] apdu) {
            chip.tearBeforeAnswer();
            try {
                byte[] unheard = chip.transmit(apdu);
                throw new AssertionError(unheard.length + " bytes were answered");
            } catch (Torn asAsked) {
                // Its answer is lost, as it should be.
            }
        }

        @Override
        public void powerOff() {
            chip.powerOff();
        }
    }

    private static Pn532Settings settings() {
        return new Pn532Settings(
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMillis(5),
                Duration.ofMillis(50),
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                0);
    }

    @BeforeEach
    void the_stall_is_open() throws Exception {
        module.plug();
        reader.listen(event -> {
            lying = event instanceof CardEvent.Presented || lying && !(event instanceof CardEvent.Gone);
            market.stall().onCard(event);
        });
    }

    @AfterEach
    void the_stall_is_closed() throws IOException {
        reader.close();
        module.close();
        directory.close();
    }

    @Test
    void a_card_on_the_module_pays_and_left_lying_it_does_not_pay_the_next_basket() throws Exception {
        awaitCard("b1");
        field.lay(card);
        until(() -> market.look("b1").state() == BasketState.PAID);
        awaitCard("b2");
        assertEquals(BasketState.AWAITING_CARD, market.look("b2").state());
        assertEquals(1, charges());
    }

    @Test
    void torn_before_at_a_write_and_before_the_answer_of_each_command_it_is_charged_once_for_each_basket()
            throws Exception {
        int[] instructions = {0xA4, 0x10, 0x12, 0x18, 0x14};
        for (int ins : instructions) {
            tornAt(new Tear.BeforeCommand(ins), "before-" + ins);
            tornAt(new Tear.AtWrite(ins, 1), "write-" + ins);
            tornAt(new Tear.BeforeAnswer(ins), "answer-" + ins);
        }
        assertEquals(3 * instructions.length, charges());
        assertEquals(3 * instructions.length, market.bodies(Body.Sale.class).size());
    }

    /** Torn as asked, and laid down again until the basket is paid. */
    private void tornAt(Tear tear, String key) throws Exception {
        awaitCard(key);
        field.lay(card, tear);
        until(() -> field.isEmpty() || market.look(key).state() == BasketState.PAID);
        liftAndWait();
        if (market.look(key).state() != BasketState.PAID) {
            field.lay(card);
            until(() -> market.look(key).state() == BasketState.PAID);
            liftAndWait();
        }
    }

    private void awaitCard(String key) {
        market.ringUp(key, new Wanted("milk", 1));
        TestTill.basket(market.stall().awaitCard(key));
    }

    /** The reader has told that the card is gone, so that the next one is another. */
    private void liftAndWait() throws InterruptedException {
        field.lift();
        until(() -> !lying);
    }

    /** How often the basket's price is missing on the card, as the card itself signed it last. */
    private long charges() throws Malformed {
        CardProof last = market.bodies(Body.Sale.class).getLast().card();
        assertNotNull(last);
        long missing = TestFund.ALLOCATION_CENTS
                - CardRecord.decode(last.record()).after().allocation();
        assertEquals(0, missing % CENTS);
        return missing / CENTS;
    }

    private void until(BooleanSupplier done) throws InterruptedException {
        while (!done.getAsBoolean()) {
            run(told.poll(SOON.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    private void run(@Nullable Runnable event) {
        if (event == null) {
            throw new AssertionError("the reader tells nothing");
        }
        event.run();
        market.loop.runUntilIdle();
    }
}
