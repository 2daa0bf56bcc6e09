package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.SeededEntropy;
import etal.protocol.card.Answers;
import etal.protocol.card.Answers.DebitAnswer;
import etal.protocol.card.Commands;
import etal.protocol.card.Personalisation;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.StatusWord;
import etal.protocol.cose.P256;
import etal.testkit.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Power is lost at each write of each step of personalisation, in the middle of keys too. A step that was torn counts as
 * not done and is sent again; a card locks with everything whole or not at all.
 * <pre>
 *  desk                        card
 *     |-- PUT KEY -------------->|  mark off, parameters, point ... X
 *     |-- SELECT, LOCK --------->|  69 85: a key is missing
 *     |-- PUT KEY, LOCK -------->|  90 00
 * </pre>
 */
class TornStepsTest {
    private final TestFund fund = TestFund.OURS;
    private final TestStall stall = new TestStall(fund, 3, 1);

    private static void assertTorn(VirtualCard card, byte[] command) {
        assertTrue(isTorn(card, command), "the command was answered");
    }

    /** What SELECT says of a card, but the challenge: whether it is locked, and the generation of its keys. */
    private static byte[] told(VirtualCard card) throws Torn {
        return Arrays.copyOf(card.transmit(Commands.select()), 117);
    }

    private static byte[] lock() {
        return Personalisation.lock(TestFund.NOON, 7);
    }

    /** What SELECT said after each cut. */
    private List<String> toldAfterCuts(TestFund made) throws Exception {
        VirtualCard untorn = made.unlockedCard(1);
        Answers.lock(untorn.transmit(lock()));
        int points = untorn.writesOfLastCommand();
        List<String> told = new ArrayList<>();
        for (int n = 1; n <= points; n++) {
            VirtualCard card = made.unlockedCard(1);
            card.tearAtWrite(n);
            assertTorn(card, lock());
            told.add(Arrays.toString(told(card)));
            Answers.lock(card.transmit(lock()));
            assertEquals(0, stall.meet(card).newest().counter());
            assertEquals(7, stall.select(card).keyGeneration());
        }
        return told;
    }

    @Test
    void a_torn_lock_leaves_a_card_to_personalise_or_a_locked_one() throws Exception {
        String before = Arrays.toString(told(fund.unlockedCard(1)));
        List<String> told = toldAfterCuts(fund);
        System.out.println("step lock: " + told.size() + " tear points");
        told.forEach(each -> assertEquals(before, each));
        VirtualCard late = fund.unlockedCard(1);
        late.tearBeforeAnswer();
        assertTorn(late, lock());
        assertEquals(0, stall.meet(late).newest().counter());
        assertEquals(StatusWord.NOT_NOW, Answers.statusWord(late.transmit(lock())));
    }

    @Test
    void a_lock_without_its_transaction_is_found_half_done() throws Exception {
        TestFund careless = TestFund.withoutTransactions();
        String before = Arrays.toString(told(careless.unlockedCard(1)));
        assertFalse(toldAfterCuts(careless).stream().allMatch(before::equals));
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
                    System.out.println("step " + step.name + ": " + (n - 1) + " tear points");
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
                long cents = stall.meet(card).newest().after().allocation();
                assertEquals(40_000, cents, step.name + " torn at " + n);
                byte[] update = stall.keyUpdate(fund.keyUpdate(KeySlot.ISSUING_0, 2, "issuing 0 second"));
                assertEquals(StatusWord.DONE, word(card, update), step.name + " torn at " + n);
            }
        }
    }

    /** Sends a command and cuts it at a random write, again and again, until it was answered. */
    private static byte[] torn(SeededEntropy random, VirtualCard card, byte[] command) throws Torn {
        while (true) {
            card.transmit(Commands.select());
            card.tearAtWrite(1 + (int) random.below(60));
            try {
                return card.transmit(command);
            } catch (Torn cut) {
                card.powerOff();
            }
        }
    }

    @Test
    void steps_torn_again_and_again_make_a_sound_card_in_the_end() {
        Seeds.forEach(12, seed -> {
            SeededEntropy random = new SeededEntropy(seed);
            VirtualCard card = VirtualCard.create(TestFund.seed(seed));
            byte[] key = null;
            for (Step each : steps()) {
                byte[] answer = torn(random, card, each.command(key));
                assertEquals(StatusWord.DONE, Answers.statusWord(answer), each.name);
                key = each.name.equals("key") ? Answers.publicKey(answer) : key;
            }
            Answers.lock(torn(random, card, lock()));
            stall.meet(card);
            Answers.debit(card.transmit(stall.load(fund.token(TestFund.APRIL, 0))));
            Answers.debit(card.transmit(stall.load(fund.token(TestFund.APRIL + 1, 1))));
            byte[] update = stall.keyUpdate(fund.keyUpdate(KeySlot.TERMINAL_CA, 8, "terminal CA second"));
            assertEquals(8, Answers.keyUpdate(card.transmit(update)));
        });
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
