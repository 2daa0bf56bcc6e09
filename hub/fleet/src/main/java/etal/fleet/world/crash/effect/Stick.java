package etal.fleet.world.crash.effect;

import etal.fleet.world.crash.effect.Mark.How;
import etal.port.Medium;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A second medium that may be torn in the middle of an append: the torn tail is then cut off, as
 * {@link etal.edge.sqlite.FileMedium} does it. For one thread.
 */
public final class Stick implements Medium {
    private final String effect;
    private final Supplier<Watch> watch;
    private final Supplier<Durable> stays;
    private List<byte[]> entries = List.of();

    /** One of a market; what {@code watch} and {@code stays} give changes from run to run. */
    public Stick(String whose, Supplier<Watch> watch, Supplier<Durable> stays) {
        this.effect = whose + " appends to its second medium";
        this.watch = watch;
        this.stays = stays;
    }

    @Override
    public void append(byte[] entry) {
        Watch now = watch.get();
        int step = now.begin();
        boolean open = now.open();
        if (open) {
            now.fork(step, How.BEFORE, 0, effect, stays.get());
            now.fork(step, How.WITHIN, 0, effect, stays.get());
        }
        var more = new ArrayList<>(entries);
        more.add(entry.clone());
        entries = List.copyOf(more);
        if (open) {
            now.fork(step, How.AFTER, 0, effect, stays.get());
        }
    }

    @Override
    public Stream<byte[]> read() {
        return entries.stream().map(byte[]::clone);
    }

    /** What it holds, whole entries only. */
    public List<byte[]> entries() {
        return entries;
    }

    /** It holds these entries again. */
    public void putBack(List<byte[]> held) {
        entries = held;
    }
}
