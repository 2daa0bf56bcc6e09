package etal.fake;

import etal.port.printer.Printer;
import etal.port.printer.PrinterFailed;
import java.util.ArrayList;
import java.util.List;

/** A printer that keeps what it printed, and prints only in the states READY and PAPER_LOW. */
public final class FakePrinter implements Printer {
    /** One thing printed. */
    public record Printed(String name, byte[] escpos) {}

    private final List<Printed> printed = new ArrayList<>();
    private State state = State.READY;

    @Override
    public State state() {
        return state;
    }

    @Override
    public void print(String name, byte[] escpos) throws PrinterFailed {
        if (state != State.READY && state != State.PAPER_LOW) {
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
}
