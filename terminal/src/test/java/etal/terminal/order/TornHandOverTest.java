package etal.terminal.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.CardGone;
import etal.protocol.card.CardRecord;
import etal.protocol.card.CardRecord.Tag;
import etal.protocol.card.order.CardOrder;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestOrders;
import etal.terminal.main.TestTill;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * A card pulled away in a tap that has everything: before every command, at every write within it, and before every answer
 * comes. Whatever was cut, the next taps end where an undisturbed one would have.
 */
class TornHandOverTest {
    private static final int BEFORE_THE_COMMAND = -1;
    private static final int BEFORE_THE_ANSWER = 0;
    private static final int TAPS_MAX = 4;

    private final TestFund fund = new TestFund();
    private final TestOrders hub = new TestOrders(fund);
    private final TestTill goats = TestTill.ready(fund, 3);
    private final List<CardOrder> standing = new ArrayList<>();
    private long cardNumber = 100;

    @Test
    void keys_entitlement_month_money_and_payment_are_each_taken_once() {
        hub.publishKeys(goats, hub.update(2));
        int cuts = everyCut(number -> {
            standing.add(hub.set(number, 2, 20_000));
            standing.add(hub.add(number, 1, 450));
            standing.add(hub.add(number, 2, 50));
        });
        assertTrue(cuts > 40, cuts + " cuts");
    }

    @Test
    void a_block_order_is_taken_once_and_its_record_is_brought_home() {
        int cuts = everyBlockCut();
        assertTrue(cuts > 10, cuts + " cuts");
    }

    /** Issues what one card shall get. */
    private interface Issue {
        void to(long card);
    }

    /** All cuts of one tap with a basket, each with a fresh card. @return how many there were */
    private int everyCut(Issue issue) {
        int cuts = 0;
        for (int command = 1; ; command++) {
            for (int write = BEFORE_THE_COMMAND; ; write++) {
                long number = cardNumber++;
                issue.to(number);
                TestCard card = published(number);
                String key = "b" + number;
                goats.ringUp(key, new Wanted("cheese", 1));
                goats.stall().awaitCard(key);
                Cut cut = new Cut(command, write);
                card.atCommand(command, cut::happen);
                goats.tap(card);
                if (!cut.reached) {
                    return cuts;
                }
                finish(card, key);
                assertAsUndisturbed(number, key, "command " + command + ", write " + write);
                if (!cut.torn) {
                    break;
                }
                cuts++;
            }
        }
    }

    private int everyBlockCut() {
        int cuts = 0;
        for (int command = 1; ; command++) {
            for (int write = BEFORE_THE_COMMAND; ; write++) {
                long number = cardNumber++;
                standing.add(hub.block(number));
                TestCard card = published(number);
                Cut cut = new Cut(command, write);
                card.atCommand(command, cut::happen);
                goats.tap(card);
                if (!cut.reached) {
                    return cuts;
                }
                goats.tap(card);
                goats.tap(card);
                List<CardRecord> carried = CarriedRecords.here(goats, number);
                assertEquals(
                        List.of(Tag.BLOCKED),
                        carried.stream().map(CardRecord::tag).toList(),
                        "command " + command + ", write " + write);
                assertEquals(1, carried.getFirst().counter());
                if (!cut.torn) {
                    break;
                }
                cuts++;
            }
        }
    }

    private TestCard published(long number) {
        hub.publish(goats, standing.toArray(CardOrder[]::new));
        standing.clear();
        return new TestCard(fund.card(number));
    }

    private void finish(TestCard card, String key) {
        for (int tap = 0; tap < TAPS_MAX && goats.look(key).state() != BasketState.PAID; tap++) {
            goats.stall().awaitCard(key);
            goats.tap(card);
        }
    }

    /** Entitlement, month, two vouchers, payment: five records, each in the ledger once and in the card's order. */
    private void assertAsUndisturbed(long number, String key, String what) {
        assertEquals(BasketState.PAID, goats.look(key).state(), what);
        List<CardRecord> carried = CarriedRecords.here(goats, number);
        assertEquals(
                List.of(Tag.SET, Tag.LOAD, Tag.ADDED, Tag.ADDED),
                carried.stream().map(CardRecord::tag).toList(),
                what);
        assertEquals(
                LongStream.rangeClosed(1, 4).boxed().toList(),
                carried.stream().map(CardRecord::counter).toList(),
                what);
        CardProof paid =
                Objects.requireNonNull(goats.bodies(Body.Sale.class).getLast().card(), what);
        CardRecord payment = CarriedRecords.record(paid);
        assertEquals(5, payment.counter(), what);
        assertEquals(20_000 + 450 + 50 - 450, payment.after().allocation(), what);
    }

    /** What happens to one command. */
    private static final class Cut {
        private final int command;
        private final int write;
        private boolean reached;
        private boolean torn = true;

        private Cut(int command, int write) {
            this.command = command;
            this.write = write;
        }

        private byte[] happen(etal.virtualcard.VirtualCard chip, byte[] apdu) throws CardGone, etal.virtualcard.Torn {
            reached = true;
            if (write == BEFORE_THE_COMMAND) {
                throw new CardGone("pulled out before command " + command);
            }
            if (write == BEFORE_THE_ANSWER) {
                chip.tearBeforeAnswer();
            } else {
                chip.tearAtWrite(write);
            }
            byte[] answer = chip.transmit(apdu);
            torn = false;
            return answer;
        }
    }
}
