package etal.fleet.world.cards;

import etal.fleet.world.sim.fund.MadeTerminal;
import etal.protocol.card.Answers;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.Commands;
import etal.protocol.card.PairwiseKey;
import etal.protocol.card.StatusWord;
import etal.protocol.cbor.Malformed;

/** A card that lies at a terminal which is no till: undisturbed, and without any sale. */
final class Acquaintance {
    private final MemberCard card;
    private final MadeTerminal terminal;
    private final PairwiseKey key;
    private byte[] challenge = {};

    Acquaintance(MemberCard card, MadeTerminal terminal) {
        this.card = card;
        this.terminal = terminal;
        CardCertificate certificate = card.certificate();
        try {
            this.key = PairwiseKey.derive(
                    terminal.agreementScalar(), certificate.publicKey33(), certificate.cardId(), number(), epoch());
        } catch (Malformed e) {
            throw new IllegalStateException("card " + card.number() + " has no key", e);
        }
    }

    private long number() {
        return terminal.identity().id().terminal();
    }

    private long epoch() {
        return terminal.identity().id().epoch();
    }

    /** The card learns to know the terminal. */
    void introduce() {
        select();
        card.ask(Commands.introduce(key, challenge, terminal.introduction()));
    }

    private void select() {
        try {
            challenge = Answers.select(card.ask(Commands.select())).challenge();
        } catch (Malformed e) {
            throw new IllegalStateException("card " + card.number() + " does not answer SELECT", e);
        }
    }

    /** The counter of its newest record; introduces the terminal if the card does not know it. */
    long newest() throws Malformed {
        select();
        byte[] answer = card.ask(Commands.state(number(), epoch()));
        if (Answers.statusWord(answer) == StatusWord.UNKNOWN_TERMINAL) {
            card.ask(Commands.introduce(key, challenge, terminal.introduction()));
            answer = card.ask(Commands.state(number(), epoch()));
        }
        return Answers.state(key, challenge, answer).newest().counter();
    }

    /** A record, after {@link #newest}. */
    Answers.LoggedRecord record(long counter) throws Malformed {
        byte[] command = Commands.readLog(key, challenge, number(), epoch(), counter);
        return Answers.readLog(key, challenge, counter, card.ask(command));
    }
}
