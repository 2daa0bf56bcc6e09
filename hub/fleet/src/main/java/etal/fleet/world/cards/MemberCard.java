package etal.fleet.world.cards;

import etal.fleet.world.cards.fault.Fault;
import etal.fleet.world.cards.fault.Instruction;
import etal.fleet.world.cards.fault.PlugOut;
import etal.fleet.world.cards.fault.Story;
import etal.fleet.world.cards.fault.Weather;
import etal.fleet.world.sim.fund.MadeCard;
import etal.port.CardChannel;
import etal.port.CardGone;
import etal.protocol.card.Answers;
import etal.protocol.card.CardCertificate;
import etal.virtualcard.Torn;
import etal.virtualcard.VirtualCard;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A member's card: the real applet, in a chip that can lose power at any write. Not thread-safe. */
public final class MemberCard {
    /** Faults are that many times as likely in commands that write. */
    private static final int TIMES_WHEN_WRITING = 3;
    /** Of a command that this card has not been seen to write for yet. */
    private static final int WRITES_UNKNOWN = 6;

    private final int number;
    private final CardCertificate certificate;
    private final MadeCard made;
    private final VirtualCard chip;
    private @Nullable Copy copy;
    private boolean newKeys;
    private final Map<Instruction, Integer> writes = new EnumMap<>(Instruction.class);
    private int written;

    MemberCard(int number, MadeCard made) {
        this.number = number;
        this.made = made;
        this.certificate = made.certificate();
        this.chip = made.chip();
    }

    /** What somebody has copied of its memory, when it had made so many records. */
    private record Copy(List<byte[]> memory, long records) {}

    /** Whether somebody has a copy of its memory. */
    public boolean isCopied() {
        return copy != null;
    }

    /** Somebody copies its memory; false when that cannot be simulated any more, for the fund has given it new keys. */
    boolean copied(long records) {
        if (!newKeys) {
            copy = new Copy(chip.copyOfMemory(), records);
        }
        return !newKeys;
    }

    /** The copy is put back: the number of records the card has made by then; empty when there is no copy. */
    OptionalLong rolledBack() {
        Copy before = copy;
        if (before == null || newKeys) {
            return OptionalLong.empty();
        }
        chip.restoreMemory(before.memory());
        copy = null;
        return OptionalLong.of(before.records());
    }

    /** Another card with all that this one holds and knows; empty when that cannot be simulated any more. */
    Optional<MemberCard> cloned() {
        if (newKeys) {
            return Optional.empty();
        }
        var clone = new MemberCard(number, made);
        clone.chip.restoreMemory(chip.copyOfMemory());
        return Optional.of(clone);
    }

    /** Its number in the story, from 1. */
    public int number() {
        return number;
    }

    /** Its certificate. */
    public CardCertificate certificate() {
        return certificate;
    }

    /** Commands that may have written since this was last asked to be forgotten: at least the new records. */
    int written() {
        return written;
    }

    void writtenSeen() {
        written = 0;
    }

    /** The card in a till's field, until {@code left} runs; the weather takes it away, cuts its power, changes its words. */
    CardChannel inField(Weather weather, Story story, String where, Runnable left) {
        return command -> {
            Instruction instruction = Instruction.of(command[1]);
            written += instruction.writes() ? 1 : 0;
            newKeys |= instruction == Instruction.KEY_UPDATE;
            return new Exchange(weather, story, where + ", card " + number, left, instruction).run(command);
        };
    }

    /** Undisturbed, for the auditor. */
    byte[] ask(byte[] command) {
        try {
            return chip.transmit(command);
        } catch (Torn e) {
            throw new IllegalStateException("nobody asked for a tear", e);
        }
    }

    /** Undisturbed, at somebody's own reader. */
    byte[] used(byte[] command) {
        written += Instruction.of(command[1]).writes() ? 1 : 0;
        return ask(command);
    }

    /** The card has left the field. */
    void powerOff() {
        chip.powerOff();
    }

    /** One command and its answer, with at most one fault. */
    private final class Exchange {
        private final Weather weather;
        private final Story story;
        private final String where;
        private final Runnable left;
        private final Instruction instruction;

        Exchange(Weather weather, Story story, String where, Runnable left, Instruction instruction) {
            this.weather = weather;
            this.story = story;
            this.where = where;
            this.left = left;
            this.instruction = instruction;
        }

        private boolean hit(Fault fault) {
            return weather.brings(fault, instruction.writes() ? TIMES_WHEN_WRITING : 1);
        }

        private void tell(Fault fault) {
            story.fault(fault, instruction.name(), where);
        }

        byte[] run(byte[] command) throws CardGone {
            story.count("command " + instruction.name());
            if (hit(Fault.CARD_LEAVES_BEFORE)) {
                tell(Fault.CARD_LEAVES_BEFORE);
                throw gone(Fault.CARD_LEAVES_BEFORE);
            }
            if (hit(Fault.CARD_TOO_SLOW)) {
                tell(Fault.CARD_TOO_SLOW);
                throw tooSlow(command);
            }
            byte[] received = hit(Fault.COMMAND_GARBLED) ? garbled(Fault.COMMAND_GARBLED, command) : command;
            byte[] answer = executed(received);
            if (hit(Fault.ANSWER_GARBLED)) {
                answer = garbled(Fault.ANSWER_GARBLED, answer);
            }
            if (hit(Fault.CARD_LEAVES_AFTER)) {
                tell(Fault.CARD_LEAVES_AFTER);
                left.run();
            }
            return answer;
        }

        private CardGone gone(Fault fault) {
            left.run();
            return new CardGone(fault.words());
        }

        private CardGone tooSlow(byte[] command) {
            if (weather.draw(2) == 0) {
                quietly(command);
            }
            left.run();
            return CardGone.silent("no answer in time");
        }

        private void quietly(byte[] command) {
            chip.tearBeforeAnswer();
            try {
                chip.transmit(command);
            } catch (Torn asAsked) {
                story.count("answers too late");
            }
        }

        private byte[] executed(byte[] command) throws CardGone {
            boolean plug = hit(Fault.PLUG_DURING);
            boolean lost = !plug && hit(Fault.ANSWER_LOST);
            boolean torn = !plug && !lost && instruction.writes() && hit(Fault.CARD_TORN);
            if (plug || lost) {
                chip.tearBeforeAnswer();
            } else if (torn) {
                chip.tearAtWrite(1 + weather.draw(writes.getOrDefault(instruction, WRITES_UNKNOWN)));
            }
            try {
                byte[] answer = chip.transmit(command);
                story.count(
                        "card says " + HexFormat.of().withUpperCase().toHexDigits((short) Answers.statusWord(answer)));
                writes.merge(instruction, Math.max(1, chip.writesOfLastCommand()), Math::max);
                return answer;
            } catch (Torn e) {
                Fault fault = plug ? Fault.PLUG_DURING : lost ? Fault.ANSWER_LOST : Fault.CARD_TORN;
                tell(fault);
                if (plug) {
                    throw new PlugOut();
                }
                throw gone(fault);
            }
        }

        /**
         * One to three bytes are others, or the end is missing. What would come out as a refusal of two bytes is left out:
         * on the air a checksum stands behind every frame.
         */
        private byte[] garbled(Fault fault, byte[] bytes) {
            tell(fault);
            byte[] other = bytes.clone();
            if (other.length > 3 && weather.draw(4) == 0) {
                return Arrays.copyOf(other, 3 + weather.draw(other.length - 3));
            }
            if (other.length > 3 && weather.draw(4) == 0) {
                // The end of an answer that refuses, after the data of one that does not.
                other[other.length - 2] = (byte) 0x69;
                other[other.length - 1] = (byte) 0xC1;
                return other;
            }
            for (int flips = 1 + weather.draw(3); flips > 0; flips--) {
                other[weather.draw(other.length)] ^= (byte) (1 + weather.draw(255));
            }
            return other;
        }
    }
}
