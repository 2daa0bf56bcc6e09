package etal.terminal.receipt;

import etal.edge.speech.Speech;
import etal.protocol.Said;
import etal.protocol.split.Basket;
import etal.protocol.split.BasketLine;
import etal.protocol.split.TariffSide;
import etal.terminal.basket.Paying;
import etal.terminal.basket.Tender;
import etal.terminal.sale.Seller.VatRegime;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The lines of a receipt. What the card still holds is nowhere on it. Stateless. */
final class ReceiptText {
    private static final int AMOUNT_WIDTH = 12;

    /** Narrower paper has no room for a table of four columns with amounts of four figures in euros. */
    private static final int TABLE_WIDTH = 42;

    private final Speech speech;
    private final boolean cancels;
    private final PaperLines lines;

    private ReceiptText(Speech speech, boolean cancels, int width) {
        this.speech = speech;
        this.cancels = cancels;
        this.lines = new PaperLines(width);
    }

    /** {@code width} is how many characters fit on a line, at least 32. */
    static List<String> of(Receipt receipt, Speech speech, int width) {
        ReceiptText text = new ReceiptText(speech, receipt.cancels(), width);
        text.worthless(receipt);
        text.head(receipt);
        text.goods(receipt);
        text.tender(receipt);
        text.worthless(receipt);
        text.vat(receipt);
        text.foot(receipt);
        text.worthless(receipt);
        return text.lines.lines();
    }

    /** Above, beside the total and below: what is torn off says it too. */
    private void worthless(Receipt receipt) {
        if (receipt.practised()) {
            lines.centred(speech.word("receipt-practised"));
            lines.centred(speech.word("receipt-practised-nothing"));
        }
    }

    private void head(Receipt receipt) {
        lines.centred(receipt.seller().name());
        lines.centred("SIREN " + receipt.seller().siren());
        if (cancels) {
            lines.centred(speech.word("receipt-cancellation"));
        }
        if (receipt.duplicate() > 0) {
            lines.centred(speech.speak(Said.of("receipt-duplicate", receipt.duplicate())));
        }
        DateTimeFormatter date = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", speech.locale());
        lines.pair(speech.speak(Said.of(number(receipt), receipt.sale())), date.format(receipt.at()));
        lines.rule();
    }

    private String number(Receipt receipt) {
        if (receipt.practised()) {
            return "receipt-practised-number";
        }
        return cancels ? "receipt-cancels-number" : "receipt-number";
    }

    private void goods(Receipt receipt) {
        for (BasketLine line : receipt.details().basket().lines()) {
            String count = line.quantity() == 1 || line.weighed() ? "" : line.quantity() + " x ";
            lines.pair(count + line.name(), amount(line.fairCents()));
            if (line.weighed()) {
                lines.line("  " + weight(line.quantity()) + " x " + speech.amount(line.perKiloCents()) + "/kg");
            }
        }
        lines.rule();
        prices(receipt.details().basket());
    }

    /** What lies between the prices of the list and what was asked. A surplus is no sale: it bears no VAT. */
    private void prices(Basket basket) {
        long chosen =
                basket.tariff().map(side -> side.paidCents() - side.fairCents()).orElse(0L);
        long surplus = basket.tariff().map(TariffSide::surplusCents).orElse(0L);
        if (surplus > 0) {
            lines.pair(speech.word("receipt-for-the-fund"), amount(surplus));
        } else if (chosen != 0) {
            lines.pair(speech.word("receipt-price-chosen"), amount(chosen));
        }
        if (basket.discountCents() > 0) {
            lines.pair(speech.word("receipt-discount"), amount(-basket.discountCents()));
        }
        if (chosen != 0 || basket.discountCents() > 0) {
            lines.rule();
        }
    }

    private void tender(Receipt receipt) {
        lines.pair(
                speech.word("receipt-total"), amount(receipt.details().basket().totalCents()));
        if (receipt.details().cardCents() > 0) {
            lines.pair(
                    speech.word(cancels ? "receipt-card-back" : "receipt-card"),
                    amount(receipt.details().cardCents()));
        }
        Paying paying = receipt.details().paying();
        for (Tender tender : paying.tenders()) {
            lines.pair(speech.word("tender-" + tender.means().word()), amount(tender.amountCents()));
        }
        long cashCents = receipt.details().cashCents() - paying.tenderedCents();
        if (cashCents > 0) {
            lines.pair(speech.word(cancels ? "receipt-cash-back" : "receipt-cash"), amount(cashCents));
        }
        if (receipt.bonusEarnedCents() > 0) {
            lines.pair(speech.word("receipt-bonus"), amount(receipt.bonusEarnedCents()));
        }
        lines.rule();
    }

    private void vat(Receipt receipt) {
        if (receipt.seller().regime() != VatRegime.NORMAL) {
            boolean franchise = receipt.seller().regime() == VatRegime.FRANCHISE;
            lines.line(speech.word(franchise ? "receipt-franchise" : "receipt-forfait"));
            return;
        }
        if (lines.width() < TABLE_WIDTH) {
            vatOneBelowTheOther(receipt);
            return;
        }
        columns(
                speech.word("receipt-vat-rate"),
                speech.word("receipt-without-vat"),
                speech.word("receipt-vat"),
                speech.word("receipt-with-vat"));
        for (VatTable.Row row : VatTable.of(receipt.details().basket())) {
            columns(
                    percent(row.permille()),
                    amount(row.withoutCents()),
                    amount(row.vatCents()),
                    amount(row.withCents()));
        }
    }

    private void vatOneBelowTheOther(Receipt receipt) {
        for (VatTable.Row row : VatTable.of(receipt.details().basket())) {
            lines.pair(speech.word("receipt-vat-rate") + " " + percent(row.permille()), amount(row.vatCents()));
            lines.pair("  " + speech.word("receipt-without-vat"), amount(row.withoutCents()));
            lines.pair("  " + speech.word("receipt-with-vat"), amount(row.withCents()));
        }
    }

    /** What was sold is taken back line by line, with the sign turned. */
    private String amount(long cents) {
        return speech.amount(cancels ? -cents : cents);
    }

    /** In kilograms, as a scale shows it. */
    private String weight(long grams) {
        String kilos = BigDecimal.valueOf(grams, 3).toPlainString();
        return (speech.locale().getLanguage().equals("fr") ? kilos.replace('.', ',') : kilos) + " kg";
    }

    private String percent(int permille) {
        String number = BigDecimal.valueOf(permille, 1).stripTrailingZeros().toPlainString();
        return (speech.locale().getLanguage().equals("fr") ? number.replace('.', ',') : number) + " %";
    }

    private void foot(Receipt receipt) {
        lines.rule();
        lines.centred(receipt.code().ledger() + " / " + receipt.code().number());
        if (!receipt.practised()) {
            lines.centred(receipt.code().fingerprint());
        }
    }

    private void columns(String rate, String without, String vat, String with) {
        lines.pair(rate, right(without) + right(vat) + right(with));
    }

    private static String right(String text) {
        return " ".repeat(Math.max(0, AMOUNT_WIDTH - text.length())) + text;
    }
}
