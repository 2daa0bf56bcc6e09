package etal.terminal.receipt;

import etal.edge.speech.Speech;
import etal.terminal.closing.Closings;
import etal.terminal.closing.Totals;
import etal.terminal.sale.Seller;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The slip of a closing, as wide as a receipt. Stateless. */
final class ClosingText {
    private static final int WIDTH = ReceiptText.WIDTH;

    private final List<String> lines = new ArrayList<>();

    private ClosingText() {}

    static List<String> of(Closings.Closed closed, Seller seller, String ledger, Speech speech) {
        ClosingText text = new ClosingText();
        Totals.Side sold = closed.totals().sold();
        Totals.Side back = closed.totals().cancelled();
        text.centred(seller.name());
        text.centred("SIREN " + seller.siren());
        text.centred(speech.say("slip-title", closed.closing().day()));
        text.rule();
        text.pair(speech.word("day-sales"), String.valueOf(closed.closing().sales()));
        text.pair(speech.word("receipt-total"), speech.amount(sold.cardCents() + sold.cashCents()));
        text.pair(speech.word("receipt-card"), speech.amount(sold.cardCents()));
        sold.byMeans()
                .forEach((means, cents) -> text.pair(speech.word("tender-" + means.word()), speech.amount(cents)));
        text.pair(speech.word("tender-cash"), speech.amount(sold.coinsCents()));
        text.rule();
        sold.byVatPermille()
                .forEach((permille, cents) ->
                        text.pair(speech.say("day-vat", BigDecimal.valueOf(permille, 1)), speech.amount(cents)));
        text.rule();
        if (closed.closing().undone().count() > 0) {
            text.pair(
                    speech.word("day-cancelled"),
                    String.valueOf(closed.closing().undone().count()));
            text.pair(speech.word("day-given-back"), speech.amount(-(back.cardCents() + back.cashCents())));
            text.rule();
        }
        text.pair(speech.word("day-perpetual"), speech.amount(sold.perpetualCents()));
        text.centred(ledger + " / " + closed.entry());
        return List.copyOf(text.lines);
    }

    private void rule() {
        lines.add("-".repeat(WIDTH));
    }

    private void centred(String words) {
        String text = EscPosBytes.inCodePage(words);
        String fitting = text.length() > WIDTH ? text.substring(0, WIDTH) : text;
        lines.add(" ".repeat((WIDTH - fitting.length()) / 2) + fitting);
    }

    private void pair(String words, String right) {
        String left = EscPosBytes.inCodePage(words);
        int room = WIDTH - right.length() - 1;
        String fitting = left.length() > room ? left.substring(0, room) : left;
        lines.add(fitting + " ".repeat(WIDTH - fitting.length() - right.length()) + right);
    }
}
