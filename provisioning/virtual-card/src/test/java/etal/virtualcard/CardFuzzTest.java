package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.SeededEntropy;
import etal.protocol.card.Answers;
import etal.protocol.card.Commands;
import etal.protocol.card.Deltas;
import etal.protocol.card.Personalisation;
import etal.protocol.card.StatusWord;
import etal.protocol.cose.Hash;
import etal.testkit.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever bytes come, the applet answers with a status word of the contract, and a refusal changes nothing. */
class CardFuzzTest {
    private static final int COMMANDS = 400;
    private static final Set<Integer> REFUSALS = Set.of(
            0x6700, 0x6982, 0x6985, 0x6986, 0x6999, 0x69C1, 0x69C2, 0x69C4, 0x69C5, 0x69C6, 0x69C7, 0x69C8, 0x69C9,
            0x6A80, 0x6A83, 0x6A86, 0x6A88, 0x6D00, 0x6E00);

    private final TestFund fund = TestFund.OURS;
    private final TestStall stall = new TestStall(fund, 3, 1);

    private static byte[] noise(SeededEntropy random, int length) {
        byte[] bytes = new byte[length];
        random.fill(bytes);
        return bytes;
    }

    /** Noise, or a good command with a few bytes changed, cut or added. */
    private static byte[] command(SeededEntropy random, List<byte[]> good) {
        if (random.below(4) == 0) {
            return noise(random, (int) random.below(300));
        }
        byte[] bytes = good.get((int) random.below(good.size())).clone();
        for (long i = random.below(4); i > 0; i--) {
            bytes[(int) random.below(bytes.length)] = (byte) random.below(256);
        }
        return random.below(8) == 0 ? Arrays.copyOf(bytes, (int) random.below(bytes.length + 8)) : bytes;
    }

    @Test
    void a_locked_card_keeps_its_state_whatever_strangers_send() {
        Seeds.forEach(5, seed -> {
            SeededEntropy random = new SeededEntropy(seed);
            VirtualCard card = fund.loadedCard(seed);
            CardSnapshot before = CardSnapshot.of(card, stall);
            TestStall other = new TestStall(fund, 4, 1);
            stall.select(card);
            // Everything here is refused even when no byte of it is changed: old challenge, no MAC, or locked already.
            List<byte[]> good = List.of(
                    Commands.select(),
                    stall.state(),
                    stall.debit(stall.debitOf(1, 1, new Deltas(-1, 0, 0))),
                    stall.readLog(1),
                    stall.load(fund.token(TestFund.APRIL + 1, 0)),
                    stall.cancel(1, 1, new Deltas(1, 0, 0)),
                    stall.order(fund.add(seed, 1, new Deltas(1, 0, 0))),
                    stall.order(fund.set(seed, TestFund.ENTITLEMENT)),
                    stall.order(fund.block(seed)),
                    stall.keyUpdate(fund.keyUpdate(Personalisation.KeySlot.ISSUING_0, 2, "issuing 0 second")),
                    stall.introduce(new TestFund(2).certifyTerminal(4, 1, noise(random, 65), TestFund.APRIL)),
                    Personalisation.generateKey(),
                    Personalisation.putEntitlement(TestFund.ENTITLEMENT),
                    Personalisation.lock(TestFund.NOON, 1),
                    new byte[] {(byte) 0x80, (byte) random.below(256), 0, 0, 0});
            other.select(card);
            for (int i = 0; i < COMMANDS; i++) {
                byte[] sent = command(random, good);
                byte[] answer = card.transmit(sent);
                assertEquals(0, card.writesOfLastCommand(), () -> Hash.hex(sent));
                assertEquals(0, card.allocationsOfLastCommand(), () -> Hash.hex(sent));
                check(sent, answer);
            }
            assertEquals(before, CardSnapshot.of(card, stall));
        });
    }

    @Test
    void a_card_without_anything_on_it_bears_noise_and_can_still_be_personalised() {
        Seeds.forEach(5, seed -> {
            SeededEntropy random = new SeededEntropy(seed).fork("blank");
            VirtualCard card = VirtualCard.create(TestFund.seed(seed));
            List<byte[]> good = List.of(
                    Commands.select(),
                    Personalisation.generateKey(),
                    Personalisation.putEntitlement(TestFund.ENTITLEMENT),
                    Personalisation.putKey(Personalisation.KeySlot.ISSUING_0, noise(random, 65)),
                    Personalisation.lock(TestFund.NOON, 1),
                    introduction(noise(random, 154)),
                    stall.state());
            for (int i = 0; i < COMMANDS; i++) {
                byte[] sent = command(random, good);
                check(sent, card.transmit(sent));
            }
            card.powerOff();
            card.transmit(Commands.select());
            assertEquals(65, Answers.publicKey(card.transmit(Personalisation.generateKey())).length);
        });
    }

    /** INTRODUCE, for a card whose key nobody knows yet. */
    private static byte[] introduction(byte[] data) {
        byte[] apdu = new byte[6 + data.length];
        apdu[0] = (byte) 0x80;
        apdu[1] = Commands.INTRODUCE;
        apdu[4] = (byte) data.length;
        System.arraycopy(data, 0, apdu, 5, data.length);
        return apdu;
    }

    private static void check(byte[] sent, byte[] answer) {
        int word = Answers.statusWord(answer);
        boolean known = word == StatusWord.DONE || REFUSALS.contains(word);
        assertTrue(known, () -> Hash.hex(sent) + " -> " + Hash.hex(answer));
        assertTrue(word == StatusWord.DONE || answer.length == 2, () -> Hash.hex(sent));
        assertTrue(answer.length <= 252, () -> Hash.hex(sent));
    }
}
