package etal.terminal.hardware.pn532;

import etal.port.ReaderBroken;
import etal.terminal.hardware.pn532.wire.Wire;
import etal.virtualcard.pn532.EmulatedChip;
import etal.virtualcard.pn532.LineFaults;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;

/** A wire to an emulated chip on which waiting takes no time: its clock jumps to the next thing that happens. */
final class EmulatedWire implements Wire.Uart {
    private final EmulatedChip chip;
    private final LineFaults faults;
    private final Deque<Late> late = new ArrayDeque<>();
    private long now;
    private long lastDue;
    private int baud;
    private UnaryOperator<byte[]> toHost = UnaryOperator.identity();
    private UnaryOperator<byte[]> toChip = UnaryOperator.identity();
    private boolean cut;
    private boolean closed;

    private record Late(byte[] bytes, long atNanos) {}

    EmulatedWire(EmulatedChip chip, LineFaults faults) {
        this.chip = chip;
        this.faults = faults;
    }

    /** Something happens to each frame of the chip. */
    void onTheWayToHost(UnaryOperator<byte[]> happening) {
        toHost = happening;
    }

    /** Something happens to each frame for the chip. */
    void onTheWayToChip(UnaryOperator<byte[]> happening) {
        toChip = happening;
    }

    /** The wire is pulled out. */
    void cut() {
        cut = true;
    }

    boolean closed() {
        return closed;
    }

    int baud() {
        return baud;
    }

    @Override
    public void baud(int rate) {
        baud = rate;
    }

    @Override
    public void write(byte[] bytes) throws ReaderBroken {
        whole();
        chip.hear(faults.pass(toChip.apply(bytes)).bytes(), baud, now);
    }

    @Override
    public byte[] read(long untilNanos) throws ReaderBroken {
        whole();
        while (true) {
            for (byte[] frame : chip.say(now)) {
                LineFaults.Passed passed = faults.pass(toHost.apply(frame));
                lastDue = Math.max(lastDue, now + passed.delayNanos());
                late.add(new Late(passed.bytes(), lastDue));
            }
            byte[] come = come();
            if (come.length > 0) {
                return come;
            }
            long next = Math.min(
                    chip.nextNanos().orElse(Long.MAX_VALUE),
                    late.isEmpty() ? Long.MAX_VALUE : late.getFirst().atNanos());
            if (next > untilNanos) {
                now = Math.max(now, untilNanos);
                return come;
            }
            now = Math.max(now, next);
        }
    }

    private byte[] come() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!late.isEmpty() && late.getFirst().atNanos() <= now) {
            if (bytes.size() + late.getFirst().bytes().length > READ_BYTES_MAX) {
                break;
            }
            bytes.writeBytes(late.removeFirst().bytes());
        }
        return bytes.toByteArray();
    }

    private void whole() throws ReaderBroken {
        if (cut) {
            throw new ReaderBroken("unplugged");
        }
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
        return Duration.ofNanos(bytes * 10L * 1_000_000_000L / Math.max(1, baud));
    }

    @Override
    public void close() {
        closed = true;
    }
}
