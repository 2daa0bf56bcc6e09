package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.card.Answers;
import etal.protocol.card.Answers.DebitAnswer;
import etal.protocol.card.Commands;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Personalisation;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.StatusWord;
import etal.protocol.cose.P256;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    private final TestFund fund = TestFund.OURS;
    private final TestStall stall = new TestStall(fund, 3, 1);

    /** What the terminal sends once it has met the card: built anew each time, for the challenge is new. */
    private interface Move {
        byte[] command(TestStall stall);
    }

    private interface Preparation {
        VirtualCard card() throws Exception;
    }

    private int cutsUntilNoneTears(Preparation fresh, Move move) throws Exception {
        CardSnapshot before = CardSnapshot.of(fresh.card(), stall);
        VirtualCard untorn = fresh.card();
        stall.meet(untorn);
        byte[] answer = untorn.transmit(move.command(stall));
        assertEquals(StatusWord.DONE, Answers.statusWord(answer));
        int writes = untorn.writesOfLastCommand();
        long afterCents = CardSnapshot.of(untorn, stall).allocationCents();
        for (int n = 1; n <= writes; n++) {
            VirtualCard card = fresh.card();
            stall.meet(card);
            card.tearAtWrite(n);
            assertTorn(card, move.command(stall));
            CardSnapshot torn = CardSnapshot.of(card, stall);
            assertEquals(before, torn, "torn at write " + n);
            settles(card, move, before.counter() + 1, afterCents);
        }
        VirtualCard late = fresh.card();
        stall.meet(late);
        late.tearBeforeAnswer();
        assertTorn(late, move.command(stall));
        assertNotEquals(before, CardSnapshot.of(late, stall));
        settles(late, move, before.counter() + 1, afterCents);
        return writes;
    }

    private void settles(VirtualCard card, Move move, long counter, long cents) throws Exception {
        stall.meet(card);
        byte[] first = card.transmit(move.command(stall));
        assertEquals(StatusWord.DONE, Answers.statusWord(first));
        stall.meet(card);
        assertArrayEquals(first, card.transmit(move.command(stall)));
        CardSnapshot settled = CardSnapshot.of(card, stall);
        assertEquals(counter, settled.counter());
        assertEquals(cents, settled.allocationCents());
    }

    private static void assertTorn(VirtualCard card, byte[] command) {
        assertTrue(isTorn(card, command), "the command was answered");
    }

    @Test
    void a_torn_debit_is_charged_once() throws Exception {
        int cuts =
                cutsUntilNoneTears(() -> fund.loadedCard(1), s -> s.debit(s.debitOf(17, 1, new Deltas(-1_250, 0, 0))));
        assertTrue(cuts >= 3, "a debit writes record, head and commit");
    }

    @Test
    void a_torn_load_is_credited_once() throws Exception {
        cutsUntilNoneTears(
                () -> {
                    VirtualCard card = fund.card(1);
                    stall.meet(card);
                    return card;
                },
                s -> s.load(fund.token(TestFund.APRIL, 0)));
    }

    @Test
    void a_torn_load_of_several_months_with_expiry_is_credited_once() throws Exception {
        Entitlement entitlement = new Entitlement(20_000, 2_500, 4_000, 0, TestFund.APRIL, TestFund.APRIL + 11, 2, 1);
        cutsUntilNoneTears(
                () -> {
                    VirtualCard card = fund.card(1, entitlement);
                    stall.meet(card);
                    Answers.debit(card.transmit(stall.load(fund.token(TestFund.APRIL, 0))));
                    return card;
                },
                s -> s.load(fund.token(TestFund.APRIL + 2, 0)));
    }

    @Test
    void a_debit_torn_while_the_ring_is_full_keeps_even_the_oldest_record() throws Exception {
        cutsUntilNoneTears(
                () -> {
                    VirtualCard card = fund.loadedCard(1);
                    for (long sale = 1; sale <= 18; sale++) {
                        stall.meet(card);
                        Answers.debit(card.transmit(stall.debit(stall.debitOf(sale, sale, new Deltas(-1, 0, 0)))));
                    }
                    return card;
                },
                s -> s.debit(s.debitOf(99, 19, new Deltas(-100, 0, 0))));
    }

    private void introductionTorn(Preparation fresh) throws Exception {
        TestStall other = new TestStall(fund, 40, 1);
        VirtualCard untorn = fresh.card();
        CardSnapshot before = CardSnapshot.of(untorn, stall);
        other.select(untorn);
        byte[] confirmation = untorn.transmit(other.introduce());
        assertTrue(Answers.confirms(other.key(), other.challenge(), confirmation));
        int writes = untorn.writesOfLastCommand();
        assertTrue(writes >= 3, "key, place and commit");
        CardSnapshot after = CardSnapshot.of(untorn, stall);
        for (int n = 1; n <= writes; n++) {
            VirtualCard card = fresh.card();
            other.select(card);
            card.tearAtWrite(n);
            assertTorn(card, other.introduce());
            assertEquals(before, CardSnapshot.of(card, stall), "torn at write " + n);
            other.meet(card);
            assertEquals(after, CardSnapshot.of(card, stall));
        }
        VirtualCard late = fresh.card();
        other.select(late);
        late.tearBeforeAnswer();
        assertTorn(late, other.introduce());
        assertEquals(after, CardSnapshot.of(late, stall));
    }

    @Test
    void a_torn_introduction_knows_the_terminal_or_does_not() throws Exception {
        introductionTorn(() -> fund.loadedCard(1));
    }

    @Test
    void a_torn_introduction_to_a_card_that_knows_32_forgets_the_first_or_does_not() throws Exception {
        introductionTorn(() -> {
            VirtualCard card = fund.card(1);
            for (long terminal : new long[] {1, 2, 4, 3}) {
                new TestStall(fund, terminal, 1).meet(card);
            }
            for (long terminal = 5; terminal <= 32; terminal++) {
                new TestStall(fund, terminal, 1).meet(card);
            }
            return card;
        });
    }

    @Test
    void a_torn_lock_leaves_a_card_to_personalise_or_a_locked_one() throws Exception {
        VirtualCard untorn = fund.unlockedCard(1);
        Answers.lock(untorn.transmit(Personalisation.lock(TestFund.NOON, 1)));
        for (int n = 1; n <= untorn.writesOfLastCommand(); n++) {
            VirtualCard card = fund.unlockedCard(1);
            card.tearAtWrite(n);
            assertTorn(card, Personalisation.lock(TestFund.NOON, 1));
            assertTrue(stall.select(card).personalising(), "torn at write " + n);
            Answers.lock(card.transmit(Personalisation.lock(TestFund.NOON, 1)));
            assertEquals(0, stall.meet(card).newest().counter());
        }
        VirtualCard late = fund.unlockedCard(1);
        late.tearBeforeAnswer();
        assertTorn(late, Personalisation.lock(TestFund.NOON, 1));
        assertEquals(0, stall.meet(late).newest().counter());
        assertEquals(StatusWord.NOT_NOW, Answers.statusWord(late.transmit(Personalisation.lock(TestFund.NOON, 1))));
    }

    @Test
    void a_torn_step_of_personalisation_is_not_taken_for_done() throws Exception {
        for (Step step : steps()) {
            for (int n = 1; ; n++) {
                VirtualCard card = VirtualCard.create(TestFund.seed(1));
                byte[] key = null;
                boolean torn = false;
                card.transmit(Commands.select());
                for (Step each : steps()) {
                    if (each.name.equals(step.name)) {
                        card.tearAtWrite(n);
                        torn = isTorn(card, each.command(key));
                        if (!torn) {
                            break;
                        }
                        card.transmit(Commands.select());
                        assertEquals(StatusWord.NOT_NOW, word(card, Personalisation.lock(TestFund.NOON, 1)));
                    }
                    byte[] answer = card.transmit(each.command(key));
                    assertEquals(StatusWord.DONE, Answers.statusWord(answer), step.name + " torn at " + n);
                    key = each.name.equals("key") ? Answers.publicKey(answer) : key;
                }
                if (!torn) {
                    assertTrue(n > 1, step.name + " writes something");
                    break;
                }
                assertEquals(StatusWord.DONE, word(card, Personalisation.lock(TestFund.NOON, 1)));
                assertEquals(0, stall.meet(card).newest().counter());
                DebitAnswer loaded = Answers.debit(card.transmit(stall.load(fund.token(TestFund.APRIL, 1))));
                assertEquals(20_000, loaded.after().allocation());
            }
        }
    }

    @Test
    void a_key_torn_when_it_is_put_again_is_whole_or_not_trusted() throws Exception {
        for (Step step : steps()) {
            boolean torn = true;
            for (int n = 1; torn; n++) {
                VirtualCard card = fund.unlockedCard(1);
                byte[] key = stall.select(card).certificate().publicKey33();
                card.tearAtWrite(n);
                torn = isTorn(card, step.command(P256.decompress(key)));
                card.transmit(Commands.select());
                if (word(card, Personalisation.lock(TestFund.NOON, 1)) == StatusWord.NOT_NOW) {
                    fund.personalise(card::transmit, 1);
                    assertEquals(StatusWord.DONE, word(card, Personalisation.lock(TestFund.NOON, 1)));
                }
                stall.meet(card);
                Answers.debit(card.transmit(stall.load(fund.token(TestFund.APRIL, 0))));
                Answers.debit(card.transmit(stall.load(fund.token(TestFund.APRIL + 1, 1))));
                assertEquals(40_000, CardSnapshot.of(card, stall).allocationCents(), step.name + " torn at " + n);
            }
        }
    }

    private static int word(VirtualCard card, byte[] command) throws Torn {
        return Answers.statusWord(card.transmit(command));
    }

    private static boolean isTorn(VirtualCard card, byte[] command) {
        try {
            card.transmit(command);
            return false;
        } catch (Torn asAsked) {
            return true;
        }
    }

    private interface CommandForKey {
        byte[] command(byte @Nullable [] cardKey);
    }

    private record Step(String name, CommandForKey of) {
        byte[] command(byte @Nullable [] cardKey) {
            return of.command(cardKey);
        }
    }

    private List<Step> steps() {
        return List.of(
                new Step("entitlement", key -> Personalisation.putEntitlement(TestFund.ENTITLEMENT)),
                new Step("key", key -> Personalisation.generateKey()),
                new Step("certificate", key -> Personalisation.putCertificate(fund.certify(present(key), 1))),
                new Step("ca", key -> Personalisation.putKey(KeySlot.TERMINAL_CA, fund.publicKey("terminal CA"))),
                new Step("slot 0", key -> Personalisation.putKey(KeySlot.ISSUING_0, fund.publicKey("issuing 0"))),
                new Step("slot 1", key -> Personalisation.putKey(KeySlot.ISSUING_1, fund.publicKey("issuing 1"))),
                new Step("root", key -> Personalisation.putKey(KeySlot.ROOT, fund.publicKey("root"))));
    }

    private static byte[] present(byte @Nullable [] key) {
        if (key == null) {
            throw new AssertionError("the key comes before the certificate");
        }
        return key;
    }
}
