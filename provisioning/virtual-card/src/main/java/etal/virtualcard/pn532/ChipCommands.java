package etal.virtualcard.pn532;

import etal.virtualcard.pn532.EmulatedField.Lying;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What the chip's commands do (UM0701-02, chapter 7), as far as a reader of type A cards needs them. Not thread-safe. */
final class ChipCommands {
    private static final int PIECE_MAX = 262;
    private static final int MORE = 0x40;
    private static final int TIME_OUT = 0x01;
    private static final int OUT_OF_CONTEXT = 0x27;
    private static final int FOREVER = 0xFF;
    private static final byte[] ATS = {0x06, 0x75, 0x77, (byte) 0x81, 0x02, (byte) 0x80};
    private static final byte[] SYNTAX_ERROR = {0x7F};

    private final EmulatedField field;
    private final ChipPace pace;
    private final ByteArrayOutputStream sending = new ByteArrayOutputStream();
    private List<Lying> activated = List.of();
    private byte[] receiving = {};
    private boolean fieldOn;
    private int retries = FOREVER;
    private @Nullable Looking looking;
    private long nextLookNanos;
    private final AtomicInteger presenceChecks = new AtomicInteger();
    private final AtomicInteger exchanges = new AtomicInteger();
    private volatile int failure;

    /** An answer's frame, and when the chip begins to send it. */
    record Answer(byte[] frame, long atNanos) {}

    private record Looking(int targets, long sinceNanos) {}

    ChipCommands(EmulatedField field, ChipPace pace) {
        this.field = field;
        this.pace = pace;
    }

    int presenceChecks() {
        return presenceChecks.get();
    }

    int exchanges() {
        return exchanges.get();
    }

    void fail(int error) {
        failure = error;
    }

    boolean looking() {
        return looking != null;
    }

    void stop() {
        looking = null;
    }

    /** Executes a command; empty when its answer is not known yet. */
    Optional<Answer> execute(byte[] command, long now) {
        int[] given = new int[command.length];
        for (int i = 0; i < given.length; i++) {
            given[i] = command[i] & 0xFF;
        }
        return switch (given[0]) {
            case 0x00 -> diagnose(given, command, now);
            case 0x02 -> answer(0x03, now, new byte[] {0x32, 0x01, 0x06, 0x07});
            case 0x10, 0x12, 0x14 -> answer(given[0] + 1, now);
            case 0x32 -> given.length > 2 ? configure(given, now) : syntaxError(now);
            case 0x40 -> given.length > 1 ? exchange(given[1], rest(command, 2), now) : syntaxError(now);
            case 0x4A -> list(given, now);
            case 0x52 -> {
                activated = List.of();
                yield answer(0x53, now, new byte[] {0});
            }
            default -> syntaxError(now);
        };
    }

    private static byte[] rest(byte[] command, int from) {
        return Arrays.copyOfRange(command, from, command.length);
    }

    private static Optional<Answer> syntaxError(long now) {
        return Optional.of(new Answer(frame(SYNTAX_ERROR), now));
    }

    private Optional<Answer> diagnose(int[] given, byte[] command, long now) {
        int test = given.length > 1 ? given[1] : -1;
        return switch (test) {
            case 0x00 -> answer(0x01, now, rest(command, 1));
            case 0x06 -> presence(now);
            default -> syntaxError(now);
        };
    }

    private Optional<Answer> list(int[] given, long now) {
        if (given.length != 3 || given[1] < 1 || given[1] > 2 || given[2] != 0) {
            return syntaxError(now);
        }
        activated = List.of();
        sending.reset();
        receiving = new byte[0];
        fieldOn = true;
        looking = new Looking(given[1], now);
        nextLookNanos = now;
        return look(now);
    }

    private Optional<Answer> presence(long now) {
        presenceChecks.incrementAndGet();
        int status = activated.isEmpty() ? OUT_OF_CONTEXT : field.holds(activated.getFirst()) ? 0 : TIME_OUT;
        return answer(0x01, now + pace.presence().toNanos(), new byte[] {(byte) status});
    }

    private Optional<Answer> configure(int[] given, long now) {
        switch (given[1]) {
            case 0x01 -> {
                fieldOn = (given[2] & 1) != 0;
                if (!fieldOn) {
                    activated = List.of();
                    field.powerOff();
                }
            }
            case 0x05 -> retries = given[given.length - 1];
            default -> {
                // The others change nothing that could be seen here.
            }
        }
        return answer(0x33, now);
    }

    /** When it is worth looking again. */
    OptionalLong nextLook() {
        Looking now = looking;
        return now == null ? OptionalLong.empty() : OptionalLong.of(nextLookNanos);
    }

    /** Looks into the field, if the host waits for that. */
    Optional<Answer> look(long now) {
        Looking asked = looking;
        if (asked == null) {
            return Optional.empty();
        }
        List<Lying> there = field.things();
        long tries = (now - asked.sinceNanos()) / Math.max(1, pace.look().toNanos());
        if (there.isEmpty() && (retries == FOREVER || tries <= retries)) {
            nextLookNanos = now + pace.look().toNanos();
            return Optional.empty();
        }
        looking = null;
        activated = there.subList(0, Math.min(there.size(), asked.targets()));
        // What was activated before starts anew, as after a reset.
        field.powerOff();
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        list.write(activated.size());
        for (Lying thing : activated) {
            byte[] uid = field.freshUid();
            list.writeBytes(new byte[] {(byte) (activated.indexOf(thing) + 1), 0x00, 0x04, (byte) thing.sak, 4});
            list.writeBytes(uid);
            list.writeBytes(thing.card.isPresent() ? ATS : new byte[0]);
        }
        return answer(0x4B, now, list.toByteArray());
    }

    private Optional<Answer> exchange(int target, byte[] piece, long now) {
        int number = target & ~MORE;
        if (failure != 0 || number < 1 || number > activated.size() || !fieldOn) {
            return answer(0x41, now, new byte[] {(byte) (failure != 0 ? failure : OUT_OF_CONTEXT)});
        }
        if (piece.length == 0) {
            return received(now);
        }
        sending.writeBytes(piece);
        if ((target & MORE) != 0) {
            return answer(0x41, now, new byte[] {0});
        }
        byte[] apdu = sending.toByteArray();
        sending.reset();
        exchanges.incrementAndGet();
        Lying thing = activated.get(number - 1);
        Optional<byte[]> answer = field.execute(thing, apdu);
        if (answer.isEmpty()) {
            return answer(0x41, now, new byte[] {TIME_OUT});
        }
        receiving = answer.get();
        return received(now + thing.hesitation.toNanos() + pace.exchange().nanos(apdu, receiving));
    }

    private Optional<Answer> received(long at) {
        int length = Math.min(PIECE_MAX, receiving.length);
        byte[] data = new byte[1 + length];
        data[0] = (byte) (receiving.length > length ? MORE : 0);
        System.arraycopy(receiving, 0, data, 1, length);
        receiving = Arrays.copyOfRange(receiving, length, receiving.length);
        return answer(0x41, at, data);
    }

    private static Optional<Answer> answer(int code, long at, byte... data) {
        byte[] bytes = new byte[2 + data.length];
        bytes[0] = (byte) 0xD5;
        bytes[1] = (byte) code;
        System.arraycopy(data, 0, bytes, 2, data.length);
        return Optional.of(new Answer(frame(bytes), at));
    }

    /** A normal frame up to 255 bytes, an extended one above. */
    private static byte[] frame(byte[] data) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(new byte[] {0, 0, (byte) 0xFF});
        if (data.length > 255) {
            frame.writeBytes(
                    new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) (data.length / 256), (byte) (data.length % 256)});
            frame.write(-(data.length / 256 + data.length % 256));
        } else {
            frame.write(data.length);
            frame.write(-data.length);
        }
        frame.writeBytes(data);
        int sum = 0;
        for (byte value : data) {
            sum += value;
        }
        frame.write(-sum);
        frame.write(0);
        return frame.toByteArray();
    }
}
