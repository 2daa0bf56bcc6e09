package etal.fake;

import etal.port.printer.Printer;
import etal.port.printer.PrinterFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A printer that keeps what it printed, and prints only in the states READY and PAPER_LOW. */
public final class FakePrinter implements Printer {
    /** One thing printed. */
    public record Printed(String name, byte[] escpos) {}

    private final List<Printed> printed = new ArrayList<>();
    private State state = State.READY;
    private int columns = COLUMNS;
    private Consumer<Lost> listener = lost -> {};

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void listen(Consumer<Lost> onLoop) {
        listener = onLoop;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public void print(String name, byte[] escpos) throws PrinterFailed {
        if (!state.prints()) {
            throw new PrinterFailed("the printer cannot print " + name + ": " + state);
        }
        printed.add(new Printed(name, escpos.clone()));
    }

    /** Everything printed so far, in order. */
    public List<Printed> printed() {
        return List.copyOf(printed);
    }

    /** Its state from now on. */
    public void state(State next) {
        state = next;
    }

    /** How wide its paper is from now on. */
    public void columns(int next) {
        columns = next;
    }

    /** What it took last does not come out. */
    public void lose(boolean begun) {
        listener.accept(new Lost(printed.getLast().name(), begun));
    }
}
