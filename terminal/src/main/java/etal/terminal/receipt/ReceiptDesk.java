package etal.terminal.receipt;

import etal.edge.speech.Speech;
import etal.port.StorageFailed;
import etal.port.printer.Printer;
import etal.port.printer.PrinterFailed;
import etal.protocol.card.CardRecord;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.ReceiptCode;
import etal.protocol.ledger.SignedEntry;
import etal.terminal.basket.Details;
import etal.terminal.basket.TillBasket;
import etal.terminal.ledger.Ledger;
import etal.terminal.ledger.Sql;
import etal.terminal.rules.Rules;
import etal.terminal.sale.Seller;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prints receipts when the member asks, and again as duplicates, counted. A printer that fails costs the paper, never the
 * sale. Used from the loop only.
 */
public final class ReceiptDesk {
    private final Ledger ledger;
    private final Printer printer;
    private final Seller seller;
    private final Supplier<Speech> speech;
    private final Supplier<Optional<Rules>> rules;
    private boolean printerWorking = true;

    /** On an opened ledger; language and zone are asked for at each print. */
    public ReceiptDesk(
            Ledger ledger, Printer printer, Seller seller, Supplier<Speech> speech, Supplier<Optional<Rules>> rules) {
        this.ledger = ledger;
        this.printer = printer;
        this.seller = seller;
        this.speech = speech;
        this.rules = rules;
    }

    /** A basket was paid: prints if paper was wished. */
    public void paid(TillBasket basket) {
        if (!basket.receipt()) {
            return;
        }
        try {
            print(basket);
        } catch (StorageFailed failed) {
            // The sale stands and the next command finds the store out; only the paper is missing.
            printerWorking = false;
        }
    }

    /** Whether the last print came out. */
    public boolean printerWorking() {
        return printerWorking;
    }

    /** Prints the receipt of a paid basket; any but the first print is marked as a duplicate. */
    public Printed print(TillBasket basket) throws StorageFailed {
        int printsBefore = count(basket.key(), 1) - 1;
        try {
            Receipt receipt = receipt(basket, printsBefore);
            byte[] bytes = EscPosBytes.of(
                    ReceiptText.of(receipt, speech.get()), receipt.code().text());
            printer.print(name(basket, printsBefore), bytes);
            printerWorking = true;
            return new Printed.Done(printsBefore);
        } catch (PrinterFailed failed) {
            count(basket.key(), -1);
            noteLost();
            return new Printed.NotNow();
        }
    }

    /** Counted before printing: after a power cut in between, the next print is a duplicate and never a second original. */
    private int count(String key, int change) throws StorageFailed {
        return ledger.store().inTransaction(connection -> {
            Sql.update(connection, "UPDATE basket SET prints = prints + ? WHERE key = ?", change, key);
            return Sql.first(connection, "SELECT prints FROM basket WHERE key = ?", row -> row.getInt(1), key)
                    .orElseThrow(() -> new IllegalStateException("no basket " + key));
        });
    }

    private void noteLost() throws StorageFailed {
        if (printerWorking) {
            printerWorking = false;
            ledger.commit(writing -> writing.append(new Body.TechnicalEvent(Body.TechnicalEvent.PRINTER_LOST, null)));
        }
    }

    private String name(TillBasket basket, int duplicate) {
        String name = String.format(Locale.ROOT, "%s-%06d", ledger.identity().id(), basket.sale());
        return duplicate == 0 ? name : name + "-d" + duplicate;
    }

    private Receipt receipt(TillBasket basket, int duplicate) throws StorageFailed {
        byte[] entry = ledger.from(basket.entry(), 1, Integer.MAX_VALUE).getFirst();
        try {
            SignedEntry signed = SignedEntry.decode(entry);
            ZoneId zone = rules.get().map(now -> now.scheme().zone()).orElse(ZoneId.of("UTC"));
            return new Receipt(
                    seller,
                    basket.sale(),
                    Instant.ofEpochMilli(signed.entry().timeMillis()).atZone(zone),
                    new Details(basket.basket(), basket.cardCents(), basket.cashCents()),
                    new ReceiptCode(ledger.identity().id(), basket.entry(), signed.hash()),
                    signed.entry().body() instanceof Body.Sale sale ? earnedCents(sale.card()) : 0,
                    duplicate);
        } catch (Malformed malformed) {
            throw new IllegalStateException("an own entry does not read", malformed);
        }
    }

    private static long earnedCents(@Nullable CardProof card) throws Malformed {
        return card == null ? 0 : -CardRecord.decode(card.record()).deltas().earnable();
    }

    /** What came of printing. */
    public sealed interface Printed {
        /** It is on paper; 0 for the original, else the count of the reprint. */
        record Done(int duplicate) implements Printed {}

        /** The printer cannot now; it can be asked again. */
        record NotNow() implements Printed {}
    }
}
