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
import java.util.ArrayList;
import java.util.List;

/** The lines of a receipt, {@link #WIDTH} characters wide. What the card still holds is nowhere on it. Stateless. */
final class ReceiptText {
    static final int WIDTH = 42;

    private static final int AMOUNT_WIDTH = 12;

    private final Speech speech;
    private final boolean cancels;
    private final List<String> lines = new ArrayList<>();

    private ReceiptText(Speech speech, boolean cancels) {
        this.speech = speech;
        this.cancels = cancels;
    }

    static List<String> of(Receipt receipt, Speech speech) {
        ReceiptText text = new ReceiptText(speech, receipt.cancels());
        text.head(receipt);
        text.goods(receipt);
        text.tender(receipt);
        text.vat(receipt);
        text.foot(receipt);
        return List.copyOf(text.lines);
    }

    private void head(Receipt receipt) {
        centred(receipt.seller().name());
        centred("SIREN " + receipt.seller().siren());
        if (cancels) {
            centred(speech.word("receipt-cancellation"));
        }
        if (receipt.duplicate() > 0) {
            centred(speech.speak(Said.of("receipt-duplicate", receipt.duplicate())));
        }
        DateTimeFormatter date = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", speech.locale());
        pair(
                speech.speak(Said.of(cancels ? "receipt-cancels-number" : "receipt-number", receipt.sale())),
                date.format(receipt.at()));
        rule();
    }

    private void goods(Receipt receipt) {
        for (BasketLine line : receipt.details().basket().lines()) {
            String count = line.quantity() == 1 || line.weighed() ? "" : line.quantity() + " x ";
            pair(count + line.name(), amount(line.fairCents()));
            if (line.weighed()) {
                lines.add("  " + weight(line.quantity()) + " x " + speech.amount(line.perKiloCents()) + "/kg");
            }
        }
        rule();
        prices(receipt.details().basket());
    }

    /** What lies between the prices of the list and what was asked. A surplus is no sale: it bears no VAT. */
    private void prices(Basket basket) {
        long chosen =
                basket.tariff().map(side -> side.paidCents() - side.fairCents()).orElse(0L);
        long surplus = basket.tariff().map(TariffSide::surplusCents).orElse(0L);
        if (surplus > 0) {
            pair(speech.word("receipt-for-the-fund"), amount(surplus));
        } else if (chosen != 0) {
            pair(speech.word("receipt-price-chosen"), amount(chosen));
        }
        if (basket.discountCents() > 0) {
            pair(speech.word("receipt-discount"), amount(-basket.discountCents()));
        }
        if (chosen != 0 || basket.discountCents() > 0) {
            rule();
        }
    }

    private void tender(Receipt receipt) {
        pair(speech.word("receipt-total"), amount(receipt.details().basket().totalCents()));
        if (receipt.details().cardCents() > 0) {
            pair(
                    speech.word(cancels ? "receipt-card-back" : "receipt-card"),
                    amount(receipt.details().cardCents()));
        }
        Paying paying = receipt.details().paying();
        for (Tender tender : paying.tenders()) {
            pair(speech.word("tender-" + tender.means().word()), amount(tender.amountCents()));
        }
        long cashCents = receipt.details().cashCents() - paying.tenderedCents();
        if (cashCents > 0) {
            pair(speech.word(cancels ? "receipt-cash-back" : "receipt-cash"), amount(cashCents));
        }
        if (receipt.bonusEarnedCents() > 0) {
            pair(speech.word("receipt-bonus"), amount(receipt.bonusEarnedCents()));
        }
        rule();
    }

    private void vat(Receipt receipt) {
        if (receipt.seller().regime() != VatRegime.NORMAL) {
            boolean franchise = receipt.seller().regime() == VatRegime.FRANCHISE;
            wrapped(speech.word(franchise ? "receipt-franchise" : "receipt-forfait"));
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
        rule();
        centred(receipt.code().ledger() + " / " + receipt.code().number());
        centred(receipt.code().fingerprint());
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
        // Before it is laid out: a letter that becomes two would push the amount off the line.
        String left = EscPosBytes.inCodePage(words);
        int room = WIDTH - right.length() - 1;
        String fitting = left.length() > room ? left.substring(0, room) : left;
        lines.add(fitting + " ".repeat(WIDTH - fitting.length() - right.length()) + right);
    }

    private void columns(String rate, String without, String vat, String with) {
        lines.add(rate
                + " ".repeat(Math.max(0, WIDTH - 3 * AMOUNT_WIDTH - rate.length()))
                + right(without)
                + right(vat)
                + right(with));
    }

    private static String right(String text) {
        return " ".repeat(Math.max(0, AMOUNT_WIDTH - text.length())) + text;
    }

    private void wrapped(String text) {
        String rest = EscPosBytes.inCodePage(text);
        while (rest.length() > WIDTH) {
            int space = rest.lastIndexOf(' ', WIDTH);
            int cut = space > 0 ? space : WIDTH;
            lines.add(rest.substring(0, cut));
            rest = rest.substring(cut).strip();
        }
        lines.add(rest);
    }
}
