package etal.fleet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.Link;
import etal.port.Signal;
import etal.port.printer.Printer;
import etal.protocol.card.Commands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Neither printer nor network stands between a member and "paid".
 * <pre>
 *  card        till                 light      printer     link
 *   |<- DEBIT --|                     |           |          |
 *   |-- answer ->|                    |           |          |
 *   |            |-- commit           |           |          |
 *   |            |-- PAID ----------->|           |          |
 *   |            |-- receipt -------------------->|          |
 *   |            |-- batch, by a timer --------------------->|
 * </pre>
 */
class TapWaitsForNobodyTest {
    private static final int DEBIT = Commands.DEBIT;

    private final List<String> order = new ArrayList<>();

    /** Stands for a printer that never returns: whatever the till wanted to do after it never happens. */
    private static final class NeverReturns extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private Printer printer(boolean returns) {
        return new Printer() {
            @Override
            public State state() {
                return State.READY;
            }

            @Override
            public void print(String name, byte[] escpos) {
                order.add("printer");
                if (!returns) {
                    throw new NeverReturns();
                }
            }
        };
    }

    private Link link(Link inner) {
        return new Link() {
            @Override
            public void send(Topic topic, byte[] message) {
                order.add("link");
                inner.send(topic, message);
            }

            @Override
            public void listen(Consumer<LinkEvent> onLoop) {
                inner.listen(onLoop);
            }
        };
    }

    private void heard(Stopwatch.Heard heard) {
        switch (heard) {
            case Stopwatch.Heard.Command(int ins) -> order.add(ins == DEBIT ? "DEBIT" : "command");
            case Stopwatch.Heard.Light(Signal.Outcome outcome) -> order.add(outcome.name());
        }
    }

    private TapRuns.Stall stall(Path directory, Printer printer) throws Exception {
        return new TapRuns(directory).stall(printer, this::link, this::heard);
    }

    @Test
    void printer_and_link_are_called_only_after_the_card_has_answered_and_the_light_is_on(@TempDir Path directory)
            throws Exception {
        try (TapRuns.Stall stall = stall(directory, printer(true))) {
            order.clear();
            stall.pay();
        }
        int paid = order.indexOf("PAID");
        assertTrue(order.indexOf("DEBIT") < paid, order.toString());
        assertTrue(paid < order.indexOf("printer"), order.toString());
        assertTrue(order.contains("link"), order.toString());
        assertEquals(
                List.of(),
                order.subList(0, paid).stream()
                        .filter(what -> what.equals("link"))
                        .toList());
    }

    @Test
    void a_printer_that_never_returns_does_not_keep_the_tap_from_ending(@TempDir Path directory) throws Exception {
        try (TapRuns.Stall stall = stall(directory, printer(false))) {
            order.clear();
            try {
                stall.pay();
            } catch (NeverReturns stuck) {
                order.add("stuck");
            }
            assertEquals(List.of("PAID", "printer", "stuck"), order.subList(order.indexOf("PAID"), order.size()));
            assertEquals(1, stall.sales(), "the sale is in the ledger");
        }
    }
}
