package etal.terminal.hardware.pn532;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.ReaderBroken;
import etal.terminal.hardware.pn532.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames as UM0701-02 (6.2.1 and the examples of chapter 7) writes them, and what is none. */
class FrameTest {
    private static final Duration GAP = Duration.ofMillis(5);
    private static final String ACK = "0000ff00ff00";
    private static final String VERSION = "0000ff06fad50332010607e800";

    @Test
    void commands_look_as_in_the_manual() {
        assertEquals("0000ff02fed4022a00", hex(Frame.of(Command.firmwareVersion())));
        assertEquals("0000ff05fbd41401140102" + "00", hex(Frame.of(Command.normalMode())));
        assertEquals("0000ff04fcd44a0200e000", hex(Frame.of(Command.listTwo())));
        assertEquals("0000ff03fdd410071500", hex(Frame.of(Command.serialBaudRate(7))));
        assertEquals("0000ff06fad43205ff0101f400", hex(Frame.of(Command.retries(1))));
        assertEquals("0000ff04fcd4320101f800", hex(Frame.of(Command.field(true))));
        assertEquals("0000ff03fdd400062600", hex(Frame.of(Command.presence())));
        assertEquals("0000ff03fdd45200da00", hex(Frame.of(Command.releaseAll())));
        assertEquals(ACK, hex(Frame.ack()));
        assertEquals("0000ffff0000", hex(Frame.nack()));
    }

    @Test
    void up_to_255_bytes_of_data_fit_a_normal_frame_and_up_to_265_an_extended_one() {
        byte[] normal = Frame.of(Command.exchange(1, false, new byte[252], 0, 252));
        assertEquals("0000ffff01d44001", hex(Arrays.copyOf(normal, 8)));
        byte[] extended = Frame.of(Command.exchange(1, false, new byte[253], 0, 253));
        assertEquals("0000ffffff0100ffd44001", hex(Arrays.copyOf(extended, 11)));
        byte[] longest = Frame.of(Command.exchange(1, true, new byte[262], 0, 262));
        assertEquals("0000ffffff0109f6d44041", hex(Arrays.copyOf(longest, 11)));
        assertEquals(8 + 265 + 2, longest.length);
        assertThrows(IllegalArgumentException.class, () -> Frame.of(new Command(0x40, new byte[264])));
    }

    @Test
    void frames_are_found_in_what_arrives_in_whatever_pieces() throws ReaderBroken {
        String all = "55" + ACK + "0000" + VERSION + "0000ff01ff7f8100";
        for (int size = 1; size <= all.length() / 2; size++) {
            FrameReader reader = reader(pieces(all, size));
            assertInstanceOf(Frame.Ack.class, reader.next(0).orElseThrow());
            Frame.Answer answer =
                    assertInstanceOf(Frame.Answer.class, reader.next(0).orElseThrow());
            assertEquals(3, answer.code());
            assertEquals("32010607", hex(answer.data()));
            assertInstanceOf(Frame.SyntaxError.class, reader.next(0).orElseThrow());
            assertEquals(Optional.empty(), reader.next(0));
        }
    }

    @Test
    void an_extended_answer_is_read() throws ReaderBroken {
        byte[] frame = Frame.of(Command.exchange(1, false, new byte[262], 0, 262));
        frame[8] = (byte) 0xD5;
        frame[frame.length - 2]--;
        Frame.Answer answer =
                assertInstanceOf(Frame.Answer.class, reader(hex(frame)).next(0).orElseThrow());
        assertEquals(0x40, answer.code());
        assertEquals(263, answer.data().length);
    }

    @ParameterizedTest
    @CsvSource({
        "a wrong checksum, 0000ff06fad50332010607e900",
        "a wrong length checksum, 0000ff06f9d50332010607e800",
        "a wrong extended length checksum, 0000ffffff0009f6d50332010607e80000000000",
        "a length that no chip sends, 0000ffffff020afd",
        "an extended frame of nothing, 0000ffffff00000000",
        "the frame of a command, 0000ff02fed4022a00",
        "a NACK, 0000ffff0000",
        "no postamble, 0000ff06fad50332010607e8",
        "another postamble, 0000ff06fad50332010607e801",
        "half of one, 0000ff06fad503",
        "a lost zero that the sum does not see, 0000ff06fad503320107e900",
        "an answer without a code, 0000ff01ffd52b00",
    })
    void what_began_like_a_frame_and_is_none_is_damaged(String what, String bytes) throws ReaderBroken {
        assertInstanceOf(Frame.Damaged.class, reader(bytes).next(0).orElseThrow(() -> new AssertionError(what)), what);
    }

    @Test
    void a_zero_lost_from_the_data_leaves_the_sum_right_and_is_found_by_the_missing_postamble() throws ReaderBroken {
        // D5 41 00 00 12 ... with one of its zeros lost: the checksum moves into the data, the postamble into its
        // place.
        byte[] whole = Frame.of(new Command(0x41, new byte[] {0, 0, 0x12}));
        whole[5] = (byte) 0xD5;
        whole[whole.length - 2]--;
        assertInstanceOf(Frame.Answer.class, reader(hex(whole)).next(0).orElseThrow());
        String lost = hex(whole).replaceFirst("d5410000", "d54100");
        assertInstanceOf(Frame.Damaged.class, reader(lost).next(0).orElseThrow());
    }

    @Test
    void noise_that_never_begins_a_frame_is_nothing() throws ReaderBroken {
        assertEquals(Optional.empty(), reader("55aa00010203ff00").next(0));
    }

    @Test
    void whatever_arrives_is_read_without_a_throw_and_the_frame_after_it_is_found() throws ReaderBroken {
        Random random = new Random(532);
        for (int round = 0; round < 20_000; round++) {
            int seed = random.nextInt();
            Random noise = new Random(seed);
            Deque<byte[]> pieces = new ArrayDeque<>();
            for (int i = noise.nextInt(6); i >= 0; i--) {
                byte[] piece = new byte[noise.nextInt(i == 0 ? Wire.READ_BYTES_MAX + 1 : 24)];
                for (int at = 0; at < piece.length; at++) {
                    int kind = noise.nextInt(4);
                    piece[at] = (byte) (kind == 0 ? 0 : kind == 1 ? 0xFF : kind == 2 ? 0xD5 : noise.nextInt(256));
                }
                pieces.add(piece);
            }
            ScriptedWire wire = new ScriptedWire(pieces);
            FrameReader reader = new FrameReader(wire, GAP);
            while (reader.next(wire.nanos()).isPresent()) {
                assertTrue(wire.nanos() < Duration.ofMinutes(1).toNanos(), "seed " + seed);
            }
            assertTrue(reader.drain(Duration.ofSeconds(1)), "seed " + seed);
            wire.pieces.add(HexFormat.of().parseHex(VERSION));
            assertInstanceOf(Frame.Answer.class, reader.next(wire.nanos()).orElseThrow(), "seed " + seed);
        }
    }

    @Test
    void a_line_that_is_never_quiet_is_given_up() throws ReaderBroken {
        FrameReader reader = new FrameReader(
                new ScriptedWire(new ArrayDeque<>()) {
                    @Override
                    public byte[] read(long untilNanos) {
                        now += 1_000_000;
                        return new byte[] {1};
                    }
                },
                GAP);
        assertEquals(false, reader.drain(Duration.ofMillis(100)));
    }

    private static FrameReader reader(String hex) {
        return reader(pieces(hex, hex.length() / 2));
    }

    private static FrameReader reader(Deque<byte[]> pieces) {
        return new FrameReader(new ScriptedWire(pieces), GAP);
    }

    private static Deque<byte[]> pieces(String hex, int size) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        Deque<byte[]> pieces = new ArrayDeque<>();
        for (int from = 0; from < bytes.length; from += size) {
            pieces.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
        }
        return pieces;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Gives piece after piece, and then nothing however long one waits. */
    private static class ScriptedWire implements Wire {
        final Deque<byte[]> pieces;
        final ByteArrayOutputStream written = new ByteArrayOutputStream();
        long now;

        ScriptedWire(Deque<byte[]> pieces) {
            this.pieces = pieces;
        }

        @Override
        public void write(byte[] bytes) {
            written.writeBytes(bytes);
        }

        @Override
        public byte[] read(long untilNanos) {
            byte[] piece = pieces.poll();
            if (piece == null) {
                now = Math.max(now, untilNanos);
                return new byte[0];
            }
            now += 1_000;
            return piece.length == 0 ? read(untilNanos) : piece;
        }

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void pause(Duration duration) {
            now += duration.toNanos();
        }

        @Override
        public Duration timeFor(int bytes) {
            return Duration.ZERO;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
