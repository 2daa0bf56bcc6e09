package etal.fleet.world.crash;

import etal.fleet.world.crash.Mark.How;
import etal.port.printer.Printer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A printer, and the names of what has come out of it. For one thread. */
final class Paper implements Printer {
    private final String effect;
    private final Supplier<Watch> watch;
    private final Supplier<Durable> stays;
    private List<String> sheets = List.of();

    Paper(String whose, Supplier<Watch> watch, Supplier<Durable> stays) {
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

    List<String> sheets() {
        return sheets;
    }

    void putBack(List<String> printed) {
        sheets = printed;
    }
}
