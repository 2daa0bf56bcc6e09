package etal.virtualcard;

import etal.protocol.card.Answers;
import etal.protocol.card.Answers.CardState;
import etal.protocol.card.Answers.SelectAnswer;
import etal.protocol.card.Commands;
import etal.protocol.card.Commands.Cancel;
import etal.protocol.card.Commands.Debit;
import etal.protocol.card.Commands.Load;
import etal.protocol.card.Commands.Order;
import etal.protocol.card.Deltas;
import etal.protocol.card.PairwiseKey;
import etal.protocol.card.PeriodToken;
import etal.protocol.card.StatusWord;
import etal.protocol.card.TerminalCertificate;
import etal.protocol.card.order.CardOrder;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A terminal in tests: the host side of one card at a time, spoken in the protocol's own words. */
final class TestStall {
    final long terminal;
    final long epoch;
    private final byte[] scalar;
    private final TestFund fund;
    private @Nullable SelectAnswer selected;
    private @Nullable PairwiseKey key;

    TestStall(TestFund fund, long terminal, long epoch) {
        this(fund, terminal, epoch, "terminal " + terminal + " epoch " + epoch);
    }

    /** A terminal whose key agreement key is the one of that name. */
    TestStall(TestFund fund, long terminal, long epoch, String key) {
        this.fund = fund;
        this.terminal = terminal;
        this.epoch = epoch;
        this.scalar = TestFund.scalar(key);
    }

    byte[] agreementKey() {
        return P256.publicKey(scalar);
    }

    TerminalCertificate certificate() {
        return fund.certifyTerminal(terminal, epoch, agreementKey(), TestFund.LAST_PERIOD);
    }

    SelectAnswer select(VirtualCard card) throws Exception {
        return select(card::transmit);
    }

    SelectAnswer select(TestFund.Line card) throws Exception {
        SelectAnswer answer = Answers.select(card.transmit(Commands.select()));
        selected = answer;
        key = PairwiseKey.derive(
                scalar, answer.certificate().publicKey33(), answer.certificate().cardId(), terminal, epoch);
        return answer;
    }

    /** What SELECT told last. */
    SelectAnswer selected() {
        if (selected == null) {
            throw new AssertionError("SELECT comes first");
        }
        return selected;
    }

    byte[] challenge() {
        if (selected == null) {
            throw new AssertionError("SELECT comes first");
        }
        return selected.challenge();
    }

    byte[] cardKey() {
        if (selected == null) {
            throw new AssertionError("SELECT comes first");
        }
        return selected.certificate().publicKey33();
    }

    PairwiseKey key() {
        if (key == null) {
            throw new AssertionError("SELECT comes first");
        }
        return key;
    }

    byte[] introduce() {
        return introduce(certificate());
    }

    /** INTRODUCE with another certificate, the MAC made with this stall's key. */
    byte[] introduce(TerminalCertificate other) {
        return Commands.introduce(key(), challenge(), other);
    }

    CardState meet(VirtualCard card) throws Exception {
        return meet(card::transmit);
    }

    /** SELECT, STATE, and in between INTRODUCE if the card asks for it. */
    CardState meet(TestFund.Line card) throws Exception {
        select(card);
        byte[] answer = card.transmit(state());
        if (Answers.statusWord(answer) == StatusWord.UNKNOWN_TERMINAL) {
            if (!Answers.confirms(key(), challenge(), card.transmit(introduce()))) {
                throw new AssertionError("the card derived another key");
            }
            answer = card.transmit(state());
        }
        return Answers.state(key(), challenge(), answer);
    }

    byte[] state() {
        return Commands.state(terminal, epoch);
    }

    Debit debitOf(long sale, long counterSeen, Deltas deltas) {
        byte[] intent = Hash.sha256(("intent " + sale).getBytes(StandardCharsets.UTF_8));
        return new Debit(terminal, epoch, sale, counterSeen, deltas, intent, TestFund.NOON + sale);
    }

    byte[] debit(Debit debit) {
        return Commands.debit(key(), challenge(), debit);
    }

    Load loadOf(PeriodToken token) {
        return new Load(terminal, epoch, TestFund.NOON, token);
    }

    byte[] load(PeriodToken token) {
        return Commands.load(key(), challenge(), loadOf(token));
    }

    Cancel cancelOf(long sale, long counterSeen, Deltas deltas) {
        byte[] intent = Hash.sha256(("cancellation " + sale).getBytes(StandardCharsets.UTF_8));
        return new Cancel(terminal, epoch, sale, counterSeen, deltas, intent, TestFund.NOON + sale);
    }

    byte[] cancel(Cancel cancel) {
        return Commands.cancel(key(), challenge(), cancel);
    }

    byte[] cancel(long sale, long counterSeen, Deltas deltas) {
        return cancel(cancelOf(sale, counterSeen, deltas));
    }

    Order orderOf(CardOrder order) {
        return new Order(terminal, epoch, TestFund.NOON, order);
    }

    byte[] order(CardOrder order) {
        return Commands.order(key(), challenge(), orderOf(order));
    }

    byte[] keyUpdate(KeyUpdate update) {
        return Commands.keyUpdate(key(), challenge(), terminal, epoch, update);
    }

    /** Any command with its MAC, whatever it says; terminal and epoch come first. */
    byte[] authentic(int instruction, byte[] behindEpoch) {
        byte[] command = ByteBuffer.allocate(13 + behindEpoch.length)
                .put(new byte[] {(byte) 0x80, (byte) instruction, 0, 0, (byte) (16 + behindEpoch.length)})
                .putInt((int) terminal)
                .putInt((int) epoch)
                .put(behindEpoch)
                .array();
        return ByteBuffer.allocate(command.length + 9)
                .put(command)
                .put(key().mac(challenge(), command))
                .put((byte) 0)
                .array();
    }

    /** An order that nothing on our side would make. */
    byte[] order(int instruction, byte[] order) {
        return authentic(
                instruction,
                ByteBuffer.allocate(4 + order.length)
                        .putInt((int) TestFund.NOON)
                        .put(order)
                        .array());
    }

    byte[] readLog(long counter) {
        return Commands.readLog(key(), challenge(), terminal, epoch, counter);
    }
}
