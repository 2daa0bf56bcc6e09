package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.card.Answers;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Personalisation.KeySlot;
import etal.virtualcard.CardSnapshot.Look;
import etal.virtualcard.Tearing.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Power is lost at the first write of a command, at the second, and so on until none is left to lose it at; then after
 * the last. Each time the card holds its old state or its new one, whole, and sending the same again converges.
 * <pre>
 *  terminal                    card
 *     |-- DEBIT ----------------->|  write 1, write 2, X
 *     |       (no answer)         |
 *     |-- SELECT, STATE --------->|  old state or new
 *     |-- DEBIT, the same ------->|  charged once
 * </pre>
 */
class TornCardTest {
    private static final Deltas SOME = new Deltas(1_250, 0, 300);

    /** 200,00 a month and 25,00 to be earned; 40,00 stay at a load; two skipped months come along. */
    private static final Entitlement RICH =
            new Entitlement(20_000, 2_500, 4_000, 0, TestFund.APRIL, TestFund.APRIL + 11, 2, 1);

    private final TestFund ours = TestFund.OURS;
    private final TestStall stall = new TestStall(ours, 3, 1);

    private Tearing field(String name, Tearing.Fresh fresh, Function<TestStall, byte[]> command) {
        return new Tearing(name, fresh, stall, false, Look.MONEY, command);
    }

    private VirtualCard rich(TestFund fund) throws Exception {
        VirtualCard card = fund.card(1, RICH);
        stall.meet(card);
        Answers.debit(card.transmit(stall.load(ours.token(TestFund.APRIL, 0))));
        return card;
    }

    private VirtualCard indebted(TestFund fund) throws Exception {
        VirtualCard card = rich(fund);
        Answers.debit(card.transmit(stall.debit(stall.debitOf(17, 1, new Deltas(-1_800, 300, -500)))));
        return card;
    }

    private VirtualCard withVouchers(TestFund fund) throws Exception {
        VirtualCard card = rich(fund);
        Answers.debit(card.transmit(stall.order(ours.add(1, 1, SOME))));
        Answers.debit(card.transmit(stall.order(ours.add(1, 9, SOME))));
        return card;
    }

    private VirtualCard withFullRing(TestFund fund) throws Exception {
        VirtualCard card = fund.loadedCard(1);
        stall.meet(card);
        for (long sale = 1; sale <= 18; sale++) {
            Answers.debit(card.transmit(stall.debit(stall.debitOf(sale, sale, new Deltas(-1, 0, 0)))));
        }
        return card;
    }

    private VirtualCard knowing32(TestFund fund) throws Exception {
        VirtualCard card = fund.card(1);
        for (long terminal : new long[] {1, 2, 4, 3}) {
            new TestStall(ours, terminal, 1).meet(card);
        }
        for (long terminal = 5; terminal <= 32; terminal++) {
            new TestStall(ours, terminal, 1).meet(card);
        }
        return card;
    }

    private VirtualCard updated(TestFund fund) throws Exception {
        VirtualCard card = fund.loadedCard(1);
        stall.meet(card);
        Answers.keyUpdate(card.transmit(stall.keyUpdate(ours.keyUpdate(KeySlot.ISSUING_0, 2, "issuing 0 second"))));
        return card;
    }

    private List<Tearing> payments() {
        return List.of(
                field("DEBIT", f -> f.loadedCard(1), s -> s.debit(s.debitOf(17, 1, new Deltas(-1_250, 0, 0)))),
                field("DEBIT earning", this::rich, s -> s.debit(s.debitOf(17, 1, new Deltas(-1_000, 50, -50)))),
                field("DEBIT, ring full", this::withFullRing, s -> s.debit(s.debitOf(99, 19, new Deltas(-100, 0, 0)))),
                field("CANCEL", this::indebted, s -> s.cancel(17, 2, new Deltas(1_800, -300, 500))),
                field("CANCEL a part", this::indebted, s -> s.cancel(17, 2, new Deltas(600, -100, 167))));
    }

    private List<Tearing> orders() {
        return List.of(
                field("LOAD", f -> known(f.card(1)), s -> s.load(ours.token(TestFund.APRIL, 0))),
                field("LOAD, months, expiry", this::rich, s -> s.load(ours.token(TestFund.APRIL + 2, 1))),
                field("ADD, the first", this::rich, s -> s.order(ours.add(1, 1, SOME))),
                field("ADD, out of order", this::withVouchers, s -> s.order(ours.add(1, 4, SOME))),
                field("ADD, far ahead", this::withVouchers, s -> s.order(ours.add(1, 1_000, SOME))),
                field("SET", this::rich, s -> s.order(ours.set(1, Entitlement.monthly(7, 5, 6, 2)))),
                field("BLOCK", this::rich, s -> s.order(ours.block(1))));
    }

    private List<Tearing> keyUpdates() {
        return List.of(
                update("KEY UPDATE terminal CA", f -> f.loadedCard(1), KeySlot.TERMINAL_CA, 2, "terminal CA second"),
                update("KEY UPDATE issuing 1", f -> f.loadedCard(1), KeySlot.ISSUING_1, 2, "issuing 1 second"),
                update("KEY UPDATE, a second one", this::updated, KeySlot.ISSUING_0, 3, "issuing 0 third"));
    }

    private Tearing update(String name, Tearing.Fresh fresh, KeySlot slot, int generation, String key) {
        Look keys = new Look(false, true, List.of());
        return new Tearing(name, fresh, stall, false, keys, s -> s.keyUpdate(ours.keyUpdate(slot, generation, key)));
    }

    private List<Tearing> introductions() {
        TestStall other = new TestStall(ours, 40, 1);
        TestStall first = new TestStall(ours, 5, 1);
        TestStall second = new TestStall(ours, 5, 1, "another key of terminal 5");
        return List.of(
                introduction("INTRODUCE", f -> f.loadedCard(1), other),
                introduction("INTRODUCE, the 33rd", this::knowing32, other),
                introduction(
                        "INTRODUCE, another key",
                        f -> {
                            VirtualCard card = f.loadedCard(1);
                            first.meet(card);
                            return card;
                        },
                        second));
    }

    private static Tearing introduction(String name, Tearing.Fresh fresh, TestStall mover) {
        return new Tearing(name, fresh, mover, true, new Look(true, false, List.of(mover)), TestStall::introduce);
    }

    private VirtualCard known(VirtualCard card) throws Exception {
        stall.meet(card);
        return card;
    }

    private static void tear(List<Tearing> commands) throws Exception {
        List<String> faults = new ArrayList<>();
        for (Tearing command : commands) {
            Findings once = command.once(TestFund.OURS, false);
            faults.addAll(once.faults());
            assertTrue(once.points() >= 1, command.name() + " writes");
            // One key's update stands for all: where it goes makes no difference to how it is written.
            boolean pairs = command.look().keys() ? command == commands.getLast() : true;
            Findings twice = pairs ? command.twice(TestFund.OURS, once.points()) : new Findings(0, 0, List.of());
            faults.addAll(twice.faults());
            System.out.println(
                    command.name() + ": " + once.points() + " tear points, " + (once.cuts() + twice.cuts()) + " cuts");
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void a_torn_payment_or_cancellation_happens_once() throws Exception {
        tear(payments());
    }

    @Test
    void a_torn_load_voucher_or_block_happens_once() throws Exception {
        tear(orders());
    }

    @Test
    void a_key_torn_anywhere_leaves_the_old_one_in_use_or_the_new_one() throws Exception {
        tear(keyUpdates());
    }

    @Test
    void a_torn_introduction_knows_the_terminal_or_does_not() throws Exception {
        tear(introductions());
    }

    @Test
    void the_same_cuts_find_fault_with_every_command_on_a_card_that_ignores_transactions() throws Exception {
        TestFund careless = TestFund.withoutTransactions();
        List<Tearing> all = new ArrayList<>(payments());
        all.addAll(orders());
        all.add(keyUpdates().getLast());
        // Into a free place an introduction writes the entry, then how many there are: no transaction would be needed.
        all.add(introductions().get(1));
        for (Tearing command : all) {
            assertTrue(findsFault(command, careless), command.name());
        }
    }

    /** A card may be so torn that it cannot even be looked at. */
    private static boolean findsFault(Tearing command, TestFund careless) throws Exception {
        try {
            return !command.once(careless, true).faults().isEmpty();
        } catch (AssertionError beyondLooking) {
            return true;
        }
    }
}
