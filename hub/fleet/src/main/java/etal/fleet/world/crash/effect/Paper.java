package etal.fleet.world.crash.effect;

import etal.fleet.world.crash.effect.Mark.How;
import etal.port.printer.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A printer, and the names of what has come out of it. For one thread. */
public final class Paper implements Printer {
    private final String effect;
    private final Supplier<Watch> watch;
    private final Supplier<Durable> stays;
    private List<String> sheets = List.of();

    /** One of a market; what {@code watch} and {@code stays} give changes from run to run. */
    public Paper(String whose, Supplier<Watch> watch, Supplier<Durable> stays) {
        this.effect = whose + " prints";
        this.watch = watch;
        this.stays = stays;
    }

    @Override
    public State state() {
        return State.READY;
    }

    @Override
    public void print(String name, byte[] escpos) {
        Watch now = watch.get();
        int step = now.begin();
        boolean open = now.open();
        if (open) {
            now.fork(step, How.BEFORE, 0, effect, stays.get());
        }
        var more = new ArrayList<>(sheets);
        more.add(name);
        sheets = List.copyOf(more);
        if (open) {
            now.fork(step, How.AFTER, 0, effect, stays.get());
        }
    }

    /** The names of what came out, in order. */
    public List<String> sheets() {
        return sheets;
    }

    /** These have come out, and nothing since. */
    public void putBack(List<String> printed) {
        sheets = printed;
    }
}
