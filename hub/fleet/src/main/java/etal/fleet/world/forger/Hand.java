package etal.fleet.world.forger;

import etal.fleet.world.sim.fund.MadeTerminal;
import etal.protocol.card.Answers;
import etal.protocol.card.Answers.CardState;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.Commands;
import etal.protocol.card.Deltas;
import etal.protocol.card.PairwiseKey;
import etal.protocol.card.PeriodToken;
import etal.protocol.card.StatusWord;
import etal.protocol.card.order.CardOrder;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.CardProof;
import etal.virtualcard.Torn;
import etal.virtualcard.VirtualCard;

/** A terminal's keys in the hand of whoever has got hold of them, and a card. Not thread-safe. */
final class Hand {
    private static final long NOW_SECONDS = 1_743_600_000L;

    private final VirtualCard chip;
    private final CardCertificate certificate;
    private final MadeTerminal terminal;
    private final PairwiseKey key;
    private byte[] challenge = {};

    Hand(MadeTerminal terminal, VirtualCard chip, CardCertificate certificate) throws Malformed {
        this.terminal = terminal;
        this.chip = chip;
        this.certificate = certificate;
        this.key = PairwiseKey.derive(
                terminal.agreementScalar(), certificate.publicKey33(), certificate.cardId(), number(), epoch());
    }

    long number() {
        return terminal.identity().id().terminal();
    }

    long epoch() {
        return terminal.identity().id().epoch();
    }

    byte[] cardId() {
        return certificate.cardId();
    }

    /** The card's answer; of a torn card two bytes that no card says. */
    byte[] ask(byte[] command) {
        try {
            return chip.transmit(command);
        } catch (Torn torn) {
            return new byte[2];
        }
    }

    int word(byte[] command) {
        return Answers.statusWord(ask(command));
    }

    /** SELECT and STATE, the terminal introduced where the card does not know it. */
    CardState look() throws Malformed {
        chip.powerOff();
        challenge = Answers.select(ask(Commands.select())).challenge();
        byte[] answer = ask(Commands.state(number(), epoch()));
        if (Answers.statusWord(answer) == StatusWord.UNKNOWN_TERMINAL) {
            introduce();
            answer = ask(Commands.state(number(), epoch()));
        }
        return Answers.state(key, challenge, answer);
    }

    int introduce() {
        return word(Commands.introduce(key, challenge, terminal.introduction()));
    }

    byte[] debitCommand(long sale, long counterSeen, Deltas deltas, byte[] intent) {
        return Commands.debit(
                key, challenge, new Commands.Debit(number(), epoch(), sale, counterSeen, deltas, intent, NOW_SECONDS));
    }

    /** DEBIT of the allocation by so much, at the counter that the card has. */
    int debit(long sale, long cents) throws Malformed {
        long counter = look().newest().counter();
        return word(debitCommand(sale, counter, new Deltas(-cents, 0, 0), intent(sale)));
    }

    int cancel(long sale, Deltas back) throws Malformed {
        long counter = look().newest().counter();
        return word(Commands.cancel(
                key,
                challenge,
                new Commands.Cancel(number(), epoch(), sale, counter, back, intent(-sale), NOW_SECONDS)));
    }

    int load(PeriodToken token) throws Malformed {
        look();
        return word(Commands.load(key, challenge, new Commands.Load(number(), epoch(), NOW_SECONDS, token)));
    }

    byte[] orderCommand(CardOrder order) {
        return Commands.order(key, challenge, new Commands.Order(number(), epoch(), NOW_SECONDS, order));
    }

    int order(CardOrder order) throws Malformed {
        look();
        return word(orderCommand(order));
    }

    int keyUpdate(etal.protocol.card.order.KeyUpdate update) throws Malformed {
        look();
        return word(Commands.keyUpdate(key, challenge, number(), epoch(), update));
    }

    /** A record with its signature, as a ledger holds it. */
    CardProof proof(long counter) throws Malformed {
        look();
        byte[] command = Commands.readLog(key, challenge, number(), epoch(), counter);
        Answers.LoggedRecord logged = Answers.readLog(key, challenge, counter, ask(command));
        return new CardProof(certificate.encode(), logged.record().encode(), logged.signature());
    }

    VirtualCard chip() {
        return chip;
    }

    static byte[] intent(long sale) {
        return Hash.sha256(new byte[] {(byte) sale, (byte) (sale >> 8)});
    }
}
