package etal.virtualcard;

import etal.protocol.card.Answers;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.Commands;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.PeriodToken;
import etal.protocol.card.Personalisation;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.StatusWord;
import etal.protocol.card.TerminalCertificate;
import etal.protocol.card.order.CardOrder;
import etal.protocol.card.order.CardOrder.Head;
import etal.protocol.card.order.CardOrder.Reason;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import etal.virtualcard.loader.CardWorld;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A fund that exists in tests only: its keys follow from its number and are secret to nobody. */
record TestFund(long number, TestFund.Factory factory) {
    static final TestFund OURS = new TestFund(1);
    static final long NOON = 1_743_595_200L;
    static final int APRIL = 63;
    static final int LAST_PERIOD = APRIL + 24;
    static final Entitlement ENTITLEMENT = Entitlement.monthly(20_000, APRIL, APRIL + 11, 1);

    /** Where its blank cards come from. */
    interface Factory {
        VirtualCard blank(byte[] seed);
    }

    TestFund(long number) {
        this(number, VirtualCard::create);
    }

    /** Our fund with cards that ignore their transactions and copy byte by byte: the control of the tests that cut the power. */
    static TestFund withoutTransactions() {
        CardWorld world = new CardWorld("etal.applet.FoodCard", false);
        byte[] name = Arrays.copyOfRange(Commands.select(), 5, 12);
        return new TestFund(1, seed -> VirtualCard.withApplet(world, name, seed));
    }

    /** A scalar for tests: below the curve's order by its first byte. */
    static byte[] scalar(String name) {
        byte[] scalar = Hash.sha256(("test key " + name).getBytes(StandardCharsets.UTF_8));
        scalar[0] &= 0x7F;
        return scalar;
    }

    private byte[] key(String role) {
        return scalar("fund " + number + " " + role);
    }

    private byte[] sign(String role, byte[] message) {
        return P256.sign(key(role), message);
    }

    byte[] publicKey(String role) {
        return P256.publicKey(key(role));
    }

    static byte[] seed(long number) {
        return Hash.sha256(("test card " + number).getBytes(StandardCharsets.UTF_8));
    }

    static byte[] cardId(long number) {
        return Arrays.copyOf(Hash.sha256(("test id " + number).getBytes(StandardCharsets.UTF_8)), 8);
    }

    CardCertificate certify(byte[] cardKey65, long card) {
        return CardCertificate.sign(
                number, 1, cardId(card), P256.compress(cardKey65), LAST_PERIOD, 0, m -> sign("card CA", m));
    }

    TerminalCertificate certifyTerminal(long terminal, long epoch, byte[] agreementKey65, int lastPeriod) {
        return TerminalCertificate.sign(
                number, 1, terminal, epoch, agreementKey65, lastPeriod, m -> sign("terminal CA", m));
    }

    PeriodToken token(int period, int slot) {
        return token(period, slot, "issuing " + slot);
    }

    /** A token for a slot, signed by the key of that name. */
    PeriodToken token(int period, int slot, String key) {
        return PeriodToken.sign(number, period, slot, NOON, m -> sign(key, m));
    }

    TerminalCertificate certifyTerminal(TestStall stall, String key) {
        return TerminalCertificate.sign(
                number, 1, stall.terminal, stall.epoch, stall.agreementKey(), LAST_PERIOD, m -> sign(key, m));
    }

    private Head head(long card, int slot) {
        return new Head(number, cardId(card), slot, NOON);
    }

    CardOrder.Add add(long card, long voucher, Deltas deltas) {
        return add(card, voucher, LAST_PERIOD, deltas);
    }

    CardOrder.Add add(long card, long voucher, int lastPeriod, Deltas deltas) {
        return add(card, voucher, lastPeriod, deltas, "issuing 0");
    }

    CardOrder.Add add(long card, long voucher, int lastPeriod, Deltas deltas, String key) {
        return CardOrder.Add.sign(head(card, 0), voucher, lastPeriod, Reason.REFUND, deltas, m -> sign(key, m));
    }

    CardOrder.Set set(long card, Entitlement entitlement) {
        return set(card, entitlement, "issuing 1");
    }

    CardOrder.Set set(long card, Entitlement entitlement, String key) {
        return CardOrder.Set.sign(head(card, 1), entitlement, m -> sign(key, m));
    }

    CardOrder.Block block(long card) {
        return block(card, "issuing 0");
    }

    CardOrder.Block block(long card, String key) {
        return CardOrder.Block.sign(head(card, 0), m -> sign(key, m));
    }

    /** Any bytes, with the signature of one of the fund's keys behind them. */
    byte[] signed(byte[] message, String key) {
        return ByteBuffer.allocate(message.length + 64)
                .put(message)
                .put(sign(key, message))
                .array();
    }

    /** An update that puts the key of that name into a slot. */
    KeyUpdate keyUpdate(KeySlot slot, int generation, String key) {
        return KeyUpdate.sign(number, slot, generation, publicKey(key), m -> sign("root", m));
    }

    /** The way to a card, over whatever lies in between. */
    interface Line {
        byte[] transmit(byte[] apdu) throws Exception;
    }

    /** Everything but LOCK. */
    void personalise(Line line, long card) throws Exception {
        line.transmit(Commands.select());
        byte[] key = Answers.publicKey(line.transmit(Personalisation.generateKey()));
        done(line.transmit(Personalisation.putCertificate(certify(key, card))));
        done(line.transmit(Personalisation.putKey(KeySlot.TERMINAL_CA, publicKey("terminal CA"))));
        done(line.transmit(Personalisation.putKey(KeySlot.ISSUING_0, publicKey("issuing 0"))));
        done(line.transmit(Personalisation.putKey(KeySlot.ISSUING_1, publicKey("issuing 1"))));
        done(line.transmit(Personalisation.putKey(KeySlot.ROOT, publicKey("root"))));
        done(line.transmit(Personalisation.putEntitlement(ENTITLEMENT)));
    }

    /** A new card that has everything but its LOCK. */
    VirtualCard unlockedCard(long card) throws Exception {
        VirtualCard fresh = factory.blank(seed(card));
        personalise(fresh::transmit, card);
        return fresh;
    }

    /** A personalised card, its allocation not yet loaded. */
    VirtualCard card(long card) throws Exception {
        VirtualCard personalised = unlockedCard(card);
        done(personalised.transmit(Personalisation.lock(NOON, 1)));
        return personalised;
    }

    /** A personalised card with another entitlement. */
    VirtualCard card(long card, Entitlement entitlement) throws Exception {
        VirtualCard personalised = unlockedCard(card);
        done(personalised.transmit(Personalisation.putEntitlement(entitlement)));
        done(personalised.transmit(Personalisation.lock(NOON, 1)));
        return personalised;
    }

    /** A card with 200,00 of April on it, known to terminal 3. */
    VirtualCard loadedCard(long card) throws Exception {
        VirtualCard loaded = card(card);
        TestStall stall = new TestStall(this, 3, 1);
        stall.meet(loaded);
        Answers.debit(loaded.transmit(stall.load(token(APRIL, 0))));
        loaded.powerOff();
        return loaded;
    }

    private static void done(byte[] answer) {
        if (Answers.statusWord(answer) != StatusWord.DONE) {
            throw new AssertionError("personalisation refused: " + Hash.hex(answer));
        }
    }
}
