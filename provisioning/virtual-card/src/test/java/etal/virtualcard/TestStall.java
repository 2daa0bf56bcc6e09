package etal.virtualcard;

import etal.protocol.card.Answers;
import etal.protocol.card.Answers.CardState;
import etal.protocol.card.Answers.SelectAnswer;
import etal.protocol.card.Commands;
import etal.protocol.card.Commands.Debit;
import etal.protocol.card.Commands.Load;
import etal.protocol.card.Deltas;
import etal.protocol.card.PairwiseKey;
import etal.protocol.card.PeriodToken;
import etal.protocol.card.StatusWord;
import etal.protocol.card.TerminalCertificate;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
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
        this.fund = fund;
        this.terminal = terminal;
        this.epoch = epoch;
        this.scalar = TestFund.scalar("terminal " + terminal + " epoch " + epoch);
    }

    TerminalCertificate certificate() {
        return fund.certifyTerminal(terminal, epoch, P256.publicKey(scalar), TestFund.LAST_PERIOD);
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

    byte[] readLog(long counter) {
        return Commands.readLog(key(), challenge(), terminal, epoch, counter);
    }
}
