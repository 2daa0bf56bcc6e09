package etal.terminal.receipt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.StorageFailed;
import etal.port.printer.Printer;
import etal.protocol.Said;
import etal.protocol.ledger.Body;
import etal.protocol.money.Unit;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import etal.terminal.receipt.ReceiptDesk.Printed;
import etal.terminal.speech.TillSpeech;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A printer that lacks something or stops: the sale stands, the producer is told, and no two papers are originals. */
class PrinterTroubleTest {
    private final TestTill market = TestTill.ready(new TestFund(), 3);

    private void soldWithReceipt(String key) {
        market.stall().ringUp(key, List.of(new Wanted("milk", 1)), true);
        market.stall().cash(key);
    }

    private ReceiptDesk desk() {
        return market.till().receipts();
    }

    private List<Integer> eventsSince(int before) {
        return market.bodies(Body.TechnicalEvent.class).stream()
                .skip(before)
                .map(Body.TechnicalEvent::code)
                .toList();
    }

    @Test
    void a_receipt_that_stopped_in_the_middle_is_printed_again_as_a_duplicate() throws StorageFailed {
        int before = market.bodies(Body.TechnicalEvent.class).size();
        soldWithReceipt("b1");
        market.printer.lose(true);

        assertEquals(BasketState.PAID, market.look("b1").state());
        assertEquals(Optional.of(Said.of("printer-stopped", 1L)), desk().trouble());
        assertEquals(List.of(Body.TechnicalEvent.PRINTER_LOST), eventsSince(before));

        assertEquals(new Printed.Done(1), desk().print(market.look("b1")));
        assertEquals(Optional.empty(), desk().trouble());
        String paper = new String(market.printer.printed().getLast().escpos(), StandardCharsets.ISO_8859_1);
        assertTrue(paper.contains("DUPLICATA 1"), paper);
    }

    @Test
    void a_receipt_of_which_nothing_came_out_is_still_to_have_its_original() throws StorageFailed {
        soldWithReceipt("b1");
        market.printer.lose(false);
        assertEquals(new Printed.Done(0), desk().print(market.look("b1")));
        assertEquals(new Printed.Done(1), desk().print(market.look("b1")));
    }

    @Test
    void what_a_printer_lacks_is_said_where_it_is_asked_to_print() throws StorageFailed {
        soldWithReceipt("b1");
        market.printer.state(Printer.State.PAPER_LOW);
        assertEquals(Optional.of(Said.of("printer-paper-low")), desk().trouble());
        assertEquals(new Printed.Done(1), desk().print(market.look("b1")));
        for (Printer.State state : List.of(Printer.State.NO_PAPER, Printer.State.COVER_OPEN, Printer.State.OFFLINE)) {
            market.printer.state(state);
            Said word = Said.of("printer-" + state.word());
            assertEquals(Optional.of(word), desk().trouble());
            assertEquals(new Printed.NotNow(word), desk().print(market.look("b1")));
        }
        assertEquals("Plus de papier : changez le rouleau. On peut vendre sans.", spoken("printer-no-paper"));
    }

    private String spoken(String key) {
        return TillSpeech.in(Locale.FRENCH, Unit.EURO)
                .speak(Said.of(key))
                .replace('\u00A0', ' ')
                .replace('\u202F', ' ');
    }

    @Test
    void the_next_sale_lets_the_stopped_receipt_rest() {
        soldWithReceipt("b1");
        market.printer.lose(true);
        market.ringUp("b2", new Wanted("milk", 1));
        market.stall().cash("b2");
        assertEquals(Optional.empty(), desk().trouble());
    }

    @Test
    void what_is_lost_after_the_end_is_not_written_down() throws StorageFailed {
        soldWithReceipt("b1");
        market.till().stop();
        long head = market.till().ledger().head().number();
        market.printer.lose(true);
        assertEquals(head, market.till().ledger().head().number());
    }
}
