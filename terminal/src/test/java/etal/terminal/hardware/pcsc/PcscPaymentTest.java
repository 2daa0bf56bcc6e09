package etal.terminal.hardware.pcsc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.edge.config.ThreadLoop;
import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FakeLink;
import etal.fake.FakeMedium;
import etal.fake.FakePrinter;
import etal.fake.FakeSignal;
import etal.fake.ManualClock;
import etal.fake.SeededEntropy;
import etal.port.CardReader.CardEvent;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Entitlement;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.Topics;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Wanted;
import etal.terminal.ledger.LedgerMark;
import etal.terminal.main.Ports;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import etal.terminal.main.Till;
import etal.testkit.Await;
import etal.testkit.pcsc.Pcscd;
import etal.virtualcard.CardPocket;
import etal.virtualcard.FieldCard;
import etal.virtualcard.PocketCard;
import etal.virtualcard.PresentedCard;
import etal.virtualcard.Tear;
import etal.virtualcard.Torn;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whole payments of the real till through the real service, with the real applet on the virtual reader.
 *
 * <pre>
 * till             pcscd              card
 *  |-- SELECT, STATE, INTRODUCE, STATE, LOAD, DEBIT --&gt;|
 *  |                  |   (pulled out, or)   ---- done |    the answer is lost
 *  |                  X   (killed)                     |
 *  |-- SELECT, STATE ----------------------------------&gt;|    the same sale once more: charged once
 * </pre>
 */
@Timeout(60)
class PcscPaymentTest {
    private static final int DEBIT = 0x14;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long CHEESE_CENTS = 450;

    private final TestFund fund = new TestFund();
    private final ManualClock clock = new ManualClock(Instant.ofEpochMilli(TestFund.NOON_MILLIS));
    private final CardPocket pocket = CardPocket.unkept();
    private final Queue<CardEvent> events = new ConcurrentLinkedQueue<>();
    private @Nullable Pcscd daemon;
    private @Nullable ThreadLoop loop;
    private @Nullable PcscReader reader;
    private @Nullable Till till;

    @BeforeEach
    void a_till_on_the_service() throws Exception {
        Pcscd started = Pcscd.start();
        daemon = started;
        ThreadLoop running = new ThreadLoop("till under test", crash -> {
            throw new AssertionError(crash);
        });
        loop = running;
        PcscReader opened = new PcscReader(started.name() + " 00 00", running, Duration.ofSeconds(5));
        reader = opened;
        FakeLink link = new FakeLink(running);
        Ports ports = new Ports(
                clock,
                new SeededEntropy(42),
                running,
                SqliteDatabase.inMemory(),
                new FakeMedium(),
                onLoop -> opened.listen(event -> {
                    events.add(event);
                    onLoop.accept(event);
                }),
                new FakePrinter(),
                link,
                new FakeSignal());
        till = running.call(() -> switch (Till.open(ports, fund.setup(3, 1), LedgerMark.none())) {
            case Till.Opened.Ready ready -> ready.till();
            case Till.Opened.Refused refused -> throw new AssertionError(refused.why());
        });
        running.call(() -> {
            link.up();
            fund.documents().forEach(document -> link.deliver(Topics.doc(1, "any", 1), document));
            return link;
        });
    }

    @AfterEach
    void everything_is_let_go() {
        if (reader != null) {
            reader.close();
        }
        if (loop != null) {
            loop.close();
        }
        if (daemon != null) {
            daemon.close();
        }
    }

    @Test
    void a_card_torn_before_the_answer_is_charged_once() throws Exception {
        PocketCard card = card(1);
        ringUp("b1");
        try (PresentedCard torn = card.present(daemon().reader(), new Tear.BeforeAnswer(DEBIT))) {
            assertEquals(PresentedCard.End.TORN, torn.await(PATIENCE).orElseThrow());
        }
        assertEquals(BasketState.IN_DOUBT, await("b1", BasketState.IN_DOUBT));
        daemon().awaitEmpty();

        assertChargedOnce(card);
    }

    @Test
    void a_service_killed_before_the_answer_charges_once() throws Exception {
        PocketCard card = card(1);
        ringUp("b1");
        try (PresentedCard cut = new Killing(card, daemon()).present(daemon().reader(), new Tear.Never())) {
            assertEquals(PresentedCard.End.RELEASED, cut.await(PATIENCE).orElseThrow());
        }
        assertEquals(BasketState.IN_DOUBT, await("b1", BasketState.IN_DOUBT));
        CardEvent back = new CardEvent.ReaderState(true);
        events.clear();
        daemon().begin();
        var unused = Await.until("the reader", PATIENCE, () -> events.contains(back), there -> there);

        assertChargedOnce(card);
    }

    private void assertChargedOnce(PocketCard card) throws Exception {
        pays(card, "b1");
        daemon().awaitEmpty();
        ringUp("b2");
        pays(card, "b2");
        List<CardRecord> records = sales();
        assertEquals(List.of(2L, 3L), records.stream().map(CardRecord::counter).toList(), "load, sale, sale");
        assertEquals(
                TestFund.ALLOCATION_CENTS - 2 * CHEESE_CENTS,
                records.getLast().after().allocation());
    }

    private void pays(PocketCard card, String key) throws Exception {
        try (PresentedCard laid = card.present(daemon().reader(), new Tear.Never())) {
            await(key, BasketState.PAID);
            laid.withdraw();
            assertEquals(PresentedCard.End.WITHDRAWN, laid.await(PATIENCE).orElseThrow());
        }
    }

    private List<CardRecord> sales() throws Exception {
        List<byte[]> entries = loop().call(() -> till().ledger().all());
        var records = new ArrayList<CardRecord>();
        for (byte[] entry : entries) {
            if (SignedEntry.decode(entry).entry().body() instanceof Body.Sale sale && sale.card() != null) {
                records.add(CardRecord.decode(sale.card().record()));
            }
        }
        return records;
    }

    private void ringUp(String key) throws Exception {
        loop().call(() -> {
            TestTill.basket(till().stall().ringUp(key, List.of(new Wanted("cheese", 1)), false));
            return TestTill.basket(till().stall().awaitCard(key));
        });
    }

    private BasketState await(String key, BasketState wanted) {
        return Await.until(key, PATIENCE, () -> state(key), state -> state == wanted);
    }

    private BasketState state(String key) {
        try {
            return loop().call(() -> TestTill.basket(till().stall().look(key)).state());
        } catch (Exception problem) {
            throw new AssertionError(problem);
        }
    }

    /** A personalised card of the test's fund. */
    private PocketCard card(long number) throws IOException {
        PocketCard card = pocket.make("card-" + number, TestFund.cardSeed(number));
        Entitlement entitlement =
                Entitlement.monthly(TestFund.ALLOCATION_CENTS, TestFund.APRIL, TestFund.APRIL + 11, 1);
        fund.personalise(
                apdu -> {
                    try {
                        return card.transmit(apdu);
                    } catch (IOException impossible) {
                        throw new AssertionError(impossible);
                    }
                },
                number,
                entitlement,
                TestFund.APRIL + 24);
        card.powerOff();
        return card;
    }

    private Pcscd daemon() {
        if (daemon == null) {
            throw new AssertionError("no service");
        }
        return daemon;
    }

    private ThreadLoop loop() {
        if (loop == null) {
            throw new AssertionError("no loop");
        }
        return loop;
    }

    private Till till() {
        if (till == null) {
            throw new AssertionError("no till");
        }
        return till;
    }

    /** A card that executes its DEBIT, whereupon the service is killed. */
    private record Killing(FieldCard card, Pcscd daemon) implements FieldCard {
        @Override
        public String name() {
            return card.name();
        }

        @Override
        public byte[] transmit(byte[] apdu) throws IOException {
            byte[] answer = card.transmit(apdu);
            if (apdu[1] == DEBIT) {
                try {
                    daemon.kill();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }
            return answer;
        }

        @Override
        public byte[] transmitCut(byte[] apdu, int write) throws IOException, Torn {
            return card.transmitCut(apdu, write);
        }

        @Override
        public void transmitUnanswered(byte[] apdu) throws IOException {
            card.transmitUnanswered(apdu);
        }

        @Override
        public void powerOff() throws IOException {
            card.powerOff();
        }
    }
}
