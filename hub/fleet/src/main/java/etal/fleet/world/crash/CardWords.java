package etal.fleet.world.crash;

import etal.fleet.world.crash.effect.MemoCard;
import etal.fleet.world.sim.fund.MadeTerminal;
import etal.protocol.card.Answers;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.Commands;
import etal.protocol.card.PairwiseKey;
import etal.protocol.cbor.Malformed;
import java.util.ArrayList;
import java.util.List;

/** Asks a card at the auditor's own terminal, undisturbed, what it has signed. */
final class CardWords {
    private final MemoCard card;
    private final MadeTerminal terminal;
    private final PairwiseKey key;
    private byte[] challenge = {};

    CardWords(MemoCard card, MadeTerminal terminal) {
        this.card = card;
        this.terminal = terminal;
        CardCertificate certificate = card.certificate();
        try {
            this.key = PairwiseKey.derive(
                    terminal.agreementScalar(), certificate.publicKey33(), certificate.cardId(), number(), epoch());
        } catch (Malformed e) {
            throw new IllegalStateException("the card has no key", e);
        }
    }

    private long number() {
        return terminal.identity().id().terminal();
    }

    private long epoch() {
        return terminal.identity().id().epoch();
    }

    /** Introduces the terminal. */
    void meet() {
        select();
        card.transmit(Commands.introduce(key, challenge, terminal.introduction()));
        card.powerOff();
    }

    private void select() {
        try {
            challenge = Answers.select(card.transmit(Commands.select())).challenge();
        } catch (Malformed e) {
            throw new Violation("the card does not answer SELECT: " + e.getMessage());
        }
    }

    /** The counter of its newest record. */
    long newest() {
        long newest = begun();
        card.powerOff();
        return newest;
    }

    private long begun() {
        select();
        try {
            return Answers.state(key, challenge, card.transmit(Commands.state(number(), epoch())))
                    .newest()
                    .counter();
        } catch (Malformed e) {
            throw new Violation("the card does not answer STATE: " + e.getMessage());
        }
    }

    /** A record and its signature. */
    record Word(byte[] bytes, byte[] signature) {}

    /** All records that the card holds, but the first, oldest first. */
    List<Word> all() {
        var words = new ArrayList<Word>();
        long newest = begun();
        try {
            for (long counter = 1; counter <= newest; counter++) {
                byte[] command = Commands.readLog(key, challenge, number(), epoch(), counter);
                var logged = Answers.readLog(key, challenge, counter, card.transmit(command));
                words.add(new Word(logged.record().encode(), logged.signature()));
            }
        } catch (Malformed e) {
            throw new Violation("the card does not answer READ LOG: " + e.getMessage());
        }
        card.powerOff();
        return words;
    }
}
