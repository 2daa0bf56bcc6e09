package etal.fleet.world.witness;

import etal.fleet.world.sim.fund.MadeTerminal;
import etal.protocol.card.Answers;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.Commands;
import etal.protocol.card.PairwiseKey;
import etal.protocol.card.StatusWord;
import etal.protocol.cbor.Malformed;
import java.util.function.UnaryOperator;

/** A card that lies at a terminal which is no till: undisturbed, and without any sale. Not thread-safe. */
public final class CardWords {
    private final UnaryOperator<byte[]> chip;
    private final MadeTerminal terminal;
    private final PairwiseKey key;
    private byte[] challenge = {};

    /**
     * A card that is laid down.
     *
     * @param chip answers commands
     */
    public CardWords(CardCertificate certificate, UnaryOperator<byte[]> chip, MadeTerminal terminal) throws Malformed {
        this.chip = chip;
        this.terminal = terminal;
        this.key = PairwiseKey.derive(
                terminal.agreementScalar(), certificate.publicKey33(), certificate.cardId(), number(), epoch());
    }

    private long number() {
        return terminal.identity().id().terminal();
    }

    private long epoch() {
        return terminal.identity().id().epoch();
    }

    /** The card learns to know the terminal. */
    public void introduce() throws Malformed {
        select();
        introduced();
    }

    private void introduced() {
        var unused = chip.apply(Commands.introduce(key, challenge, terminal.introduction()));
    }

    private void select() throws Malformed {
        challenge = Answers.select(chip.apply(Commands.select())).challenge();
    }

    /** The counter of its newest record; introduces the terminal if the card does not know it. */
    public long newest() throws Malformed {
        select();
        byte[] answer = chip.apply(Commands.state(number(), epoch()));
        if (Answers.statusWord(answer) == StatusWord.UNKNOWN_TERMINAL) {
            introduced();
            answer = chip.apply(Commands.state(number(), epoch()));
        }
        return Answers.state(key, challenge, answer).newest().counter();
    }

    /** A record, after {@link #newest}. */
    public Answers.LoggedRecord record(long counter) throws Malformed {
        byte[] command = Commands.readLog(key, challenge, number(), epoch(), counter);
        return Answers.readLog(key, challenge, counter, chip.apply(command));
    }
}
