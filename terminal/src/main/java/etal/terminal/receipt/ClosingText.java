package etal.terminal.receipt;

import etal.edge.speech.Speech;
import etal.terminal.closing.Closings;
import etal.terminal.closing.Totals;
import etal.terminal.sale.Seller;
import java.math.BigDecimal;
import java.util.List;

/** The slip of a closing, as wide as a receipt. Stateless. */
final class ClosingText {
    private ClosingText() {}

    /** {@code width} is how many characters fit on a line. */
    static List<String> of(Closings.Closed closed, Seller seller, String ledger, Speech speech, int width) {
        PaperLines text = new PaperLines(width);
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
        return text.lines();
    }
}
