package etal.terminal.hardware.pn532;

import etal.port.CardGone;
import etal.port.ReaderBroken;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What lies in the chip's field, and the exchange with it. For one thread. */
final class Field implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Field.class);

    /** The longest answer of ISO/IEC 7816-4, extended length and status word. */
    private static final int ANSWER_BYTES_MAX = 65_538;

    private static final int STATUS = 0;
    private static final int PRESENCE_ATTEMPTS = 2;

    private final Chip chip;
    private final Pn532Settings settings;

    /** What a look into the field shows. */
    sealed interface Sighting {
        /** Nothing that answers. */
        record Empty() implements Sighting {}

        /** One card of ISO/IEC 14443-4, activated. */
        record Card(Target target) implements Sighting {}

        /** Something else. */
        record Unfit() implements Sighting {}

        /** More than one of whatever kind. */
        record Several() implements Sighting {}
    }

    Field(Chip chip, Pn532Settings settings) {
        this.chip = chip;
        this.settings = settings;
    }

    /** Looks once, for as long as the chip's retries take. */
    Sighting look() throws ReaderBroken {
        Optional<List<Target>> found = Target.list(chip.ask(Command.listTwo()));
        if (found.isEmpty() || found.get().isEmpty()) {
            return new Sighting.Empty();
        }
        if (found.get().size() > 1) {
            return new Sighting.Several();
        }
        Target target = found.get().getFirst();
        return target.speaksPart4() ? new Sighting.Card(target) : new Sighting.Unfit();
    }

    /** Whether the card activated last still answers. */
    boolean stillThere() throws ReaderBroken {
        boolean there = false;
        // Asked again: a single R(NAK) may be lost in the air.
        for (int i = 0; i < PRESENCE_ATTEMPTS && !there; i++) {
            there = answersPresence();
        }
        return there;
    }

    private boolean answersPresence() throws ReaderBroken {
        Chip.Outcome outcome = chip.once(Command.presence(), settings.presenceWithin());
        return outcome instanceof Chip.Outcome.Answered(byte[] data) && Arrays.equals(data, new byte[] {0});
    }

    /** Lets everything go and switches the field off for a moment: what lies there starts anew. */
    void reset() throws ReaderBroken {
        var unused = chip.ask(Command.releaseAll());
        unused = chip.ask(Command.field(false));
        chip.wire().pause(settings.fieldOff());
        unused = chip.ask(Command.field(true));
    }

    /**
     * Exchanges one APDU, in pieces where it is longer than the chip takes.
     *
     * @throws CardGone when no whole answer came: whether the card executed the command is unknown
     * @throws ReaderBroken when the chip does not answer or must be started again: likewise unknown
     */
    byte[] exchange(Target target, byte[] apdu) throws CardGone, ReaderBroken {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        int from = 0;
        boolean more = true;
        while (more) {
            int to = Math.min(apdu.length, from + Command.APDU_BYTES_MAX);
            byte[] data = piece(Command.exchange(target.number(), to < apdu.length, apdu, from, to));
            answer.write(data, 1, data.length - 1);
            more = to < apdu.length || (data[STATUS] & Command.MORE_FOLLOWS) != 0;
            from = to;
            if (answer.size() > ANSWER_BYTES_MAX) {
                throw new CardGone("the card's answer has no end");
            }
        }
        return answer.toByteArray();
    }

    private byte[] piece(Command command) throws CardGone, ReaderBroken {
        return switch (chip.once(command, settings.answerWithin())) {
            case Chip.Outcome.Answered(byte[] data) when data.length > 0 && ChipError.none(data[STATUS]) -> data;
            case Chip.Outcome.Answered(byte[] data) when data.length > 0 -> throw failed(ChipError.of(data[STATUS]));
            case Chip.Outcome.Answered _, Chip.Outcome.Refused _ ->
                throw new ReaderBroken("the PN532 does not take what is meant for the card");
            case Chip.Outcome.Silent _ -> throw CardGone.silent("the card gave no answer in time");
            case Chip.Outcome.Lost _ -> throw new CardGone("bytes were lost between board and reader");
        };
    }

    private CardGone failed(ChipError error) throws ReaderBroken {
        LOG.debug("{}: {}", error, error.text());
        return switch (error.next()) {
            case ASK_FOR_THE_CARD -> new CardGone(error.text());
            case LOOK_WHETHER_IT_IS_THERE ->
                stillThere() ? CardGone.silent(error.text()) : new CardGone("the card left");
            case START_THE_CHIP_AGAIN -> throw new ReaderBroken("PN532: " + error.text());
        };
    }

    @Override
    public void close() {
        chip.close();
    }
}
