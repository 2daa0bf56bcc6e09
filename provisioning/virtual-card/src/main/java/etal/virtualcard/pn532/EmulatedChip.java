package etal.virtualcard.pn532;

import etal.virtualcard.pn532.HeardFrames.Heard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The chip as the host sees it: what it hears and what it says, each at its time. It has no clock; the time of day is what
 * {@link #hear} and {@link #say} are given. For one thread, but for the field and what is only asked.
 */
public final class EmulatedChip {
    private static final int FIRST_BAUD = 115_200;
    private static final List<Integer> BAUDS =
            List.of(9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600, 1_288_000);
    private static final byte WAKE_UP = 0x55;
    private static final int SAM_CONFIGURATION = 0x14;
    private static final byte[] ACK = {0, 0, (byte) 0xFF, 0, (byte) 0xFF, 0};

    private final ChipCommands commands;
    private final ChipPace pace;
    private final HeardFrames ear = new HeardFrames();
    private final Deque<Due> mouth = new ArrayDeque<>();
    private boolean wired;
    private boolean awake;
    private boolean normal;
    private volatile int baud = FIRST_BAUD;
    private int baudWhenAcknowledged = FIRST_BAUD;
    private byte @Nullable [] lastAnswer;
    private long lineBusyUntil = Long.MIN_VALUE;

    private record Due(byte[] frame, boolean answer, long atNanos) {}

    /** A chip on a serial line, powered on just now: asleep, at 115,200 baud. */
    public EmulatedChip(EmulatedField field, ChipPace pace) {
        this.commands = new ChipCommands(field, pace);
        this.pace = pace;
    }

    /** A chip on a bus with a clock line, which needs no rate and is woken by being selected. */
    public static EmulatedChip onBus(EmulatedField field, ChipPace pace) {
        EmulatedChip chip = new EmulatedChip(field, pace);
        chip.wired = true;
        chip.awake = true;
        return chip;
    }

    /** The rate it speaks at now. */
    public int baud() {
        return baud;
    }

    boolean awaitsItsNewRate() {
        return baudWhenAcknowledged != baud;
    }

    /** How many questions whether a card is still there it was asked. */
    public int presenceChecks() {
        return commands.presenceChecks();
    }

    /** How many APDUs it handed to cards. */
    public int exchanges() {
        return commands.exchanges();
    }

    /** From now on every exchange ends with this error byte; 0 ends that. */
    public void fail(int error) {
        commands.fail(error);
    }

    /**
     * Bytes come.
     *
     * @param atBaud the rate at which they were sent; at another than the chip's they are noise
     */
    public void hear(byte[] bytes, int atBaud, long nowNanos) {
        if (!wired && atBaud != baud) {
            ear.forget();
            return;
        }
        for (byte value : bytes) {
            if (!awake) {
                awake = value == WAKE_UP;
            } else {
                ear.take(value & 0xFF, nowNanos).ifPresent(heard -> take(heard, nowNanos));
            }
        }
    }

    private void take(Heard heard, long now) {
        switch (heard) {
            case Heard.Ack _ -> {
                baud = baudWhenAcknowledged;
                stop();
            }
            case Heard.Nack _ -> {
                if (lastAnswer != null && mouth.isEmpty() && !commands.looking()) {
                    mouth.add(new Due(lastAnswer, true, arrival(lastAnswer.length, now)));
                }
            }
            case Heard.Command(byte[] bytes) -> {
                if (normal || bytes[0] == SAM_CONFIGURATION) {
                    normal = true;
                    command(bytes, now);
                }
            }
        }
    }

    private void command(byte[] bytes, long now) {
        // A new command ends the one before.
        stop();
        long acknowledged = arrival(
                ACK.length, now + onTheLine(bytes.length + 8) + pace.ack().toNanos());
        mouth.add(new Due(ACK, false, acknowledged));
        if (bytes[0] == 0x10 && bytes.length == 2 && bytes[1] >= 0 && bytes[1] < BAUDS.size()) {
            baudWhenAcknowledged = BAUDS.get(bytes[1]);
        }
        commands.execute(bytes, acknowledged).ifPresent(this::answer);
    }

    private void answer(ChipCommands.Answer answer) {
        byte[] frame = answer.frame();
        lastAnswer = frame;
        mouth.add(new Due(frame, true, arrival(frame.length, answer.atNanos())));
    }

    private void stop() {
        mouth.removeIf(Due::answer);
        lineBusyUntil = mouth.isEmpty() ? Long.MIN_VALUE : mouth.getLast().atNanos();
        commands.stop();
    }

    private long arrival(int bytes, long from) {
        lineBusyUntil = Math.max(from, lineBusyUntil) + onTheLine(bytes);
        return lineBusyUntil;
    }

    private long onTheLine(int bytes) {
        return pace.onTheLine() && !wired ? bytes * 10L * 1_000_000_000L / baud : 0;
    }

    /** What it has said by now, frame by frame. */
    public List<byte[]> say(long nowNanos) {
        commands.look(nowNanos).ifPresent(this::answer);
        List<byte[]> said = new ArrayList<>();
        while (!mouth.isEmpty() && mouth.getFirst().atNanos() - nowNanos <= 0) {
            said.add(mouth.removeFirst().frame());
        }
        return said;
    }

    /** When it will next have something to say, as far as it knows now. */
    public OptionalLong nextNanos() {
        if (!mouth.isEmpty()) {
            return OptionalLong.of(mouth.getFirst().atNanos());
        }
        return commands.nextLook();
    }
}
