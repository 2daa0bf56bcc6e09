package etal.terminal.receipt;

import etal.edge.speech.Speech;
import etal.port.StorageFailed;
import etal.port.printer.Printer;
import etal.port.printer.PrinterFailed;
import etal.protocol.Said;
import etal.protocol.card.CardRecord;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.ReceiptCode;
import etal.protocol.ledger.SignedEntry;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.closing.Closings;
import etal.terminal.ledger.Ledger;
import etal.terminal.ledger.Sql;
import etal.terminal.rules.Rules;
import etal.terminal.sale.Seller;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prints receipts when the member asks, and again as duplicates, counted. A printer that fails costs the paper, never the
 * sale. Used from the loop only.
 */
public final class ReceiptDesk {
    private static final int TAKEN_MAX = 16;

    private final Ledger ledger;
    private final Printer printer;
    private final Seller seller;
    private final Supplier<Speech> speech;
    private final Supplier<Optional<Rules>> rules;
    /** What the printer took and may still lose, by the name it was handed over under; the oldest are forgotten. */
    private final SequencedMap<String, TillBasket> taken = new LinkedHashMap<>();

    private boolean printerWorking = true;
    private @Nullable Said stopped;

    /** On an opened ledger; language and zone are asked for at each print. */
    public ReceiptDesk(
            Ledger ledger, Printer printer, Seller seller, Supplier<Speech> speech, Supplier<Optional<Rules>> rules) {
        this.ledger = ledger;
        this.printer = printer;
        this.seller = seller;
        this.speech = speech;
        this.rules = rules;
    }

    /** A basket was paid or cancelled: prints if paper was wished. */
    public void paid(TillBasket basket) {
        stopped = null;
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

    /** How the printer is. */
    public Printer.State printerState() {
        return printer.state();
    }

    /** What a producer must know of the printer; empty while it prints and has paper. */
    public Optional<Said> trouble() {
        Printer.State now = printer.state();
        if (!now.prints()) {
            return Optional.of(word(now));
        }
        if (stopped != null) {
            return Optional.of(stopped);
        }
        return now == Printer.State.PAPER_LOW ? Optional.of(word(now)) : Optional.empty();
    }

    private Said why() {
        Printer.State now = printer.state();
        return now.prints() ? Said.of("not-printed") : word(now);
    }

    private static Said word(Printer.State state) {
        return Said.of("printer-" + state.word());
    }

    /**
     * What was handed over has not come out whole. If nothing of it is on paper, its next print is no duplicate; else it is
     * one, for half a receipt has the same number as the whole.
     */
    public void lost(Printer.Lost lost) {
        TillBasket basket = taken.remove(lost.name());
        stopped = basket == null ? Said.of("printer-stopped-slip") : Said.of("printer-stopped", basket.sale());
        try {
            if (basket != null && !lost.begun()) {
                count(basket, -1);
            }
            noteLost();
        } catch (StorageFailed failed) {
            // Then the next print is called a duplicate, which harms nobody; the next command finds the store out.
            printerWorking = false;
        }
    }

    /**
     * Prints the receipt of a paid basket, or of the cancellation of one; any but the first print of each is marked as a
     * duplicate.
     */
    public Printed print(TillBasket basket) throws StorageFailed {
        if (ledger.training()) {
            return new Printed.NotNow(Said.of("till-practises"));
        }
        int printsBefore = count(basket, 1) - 1;
        try {
            if (printsBefore > 0) {
                noteDuplicate(basket);
            }
            Receipt receipt = receipt(basket, printsBefore);
            byte[] bytes = EscPosBytes.of(
                    ReceiptText.of(receipt, speech.get(), printer.columns()),
                    receipt.code().text());
            String name = name(basket, printsBefore);
            printer.print(name, bytes);
            taken(name, basket);
            return new Printed.Done(printsBefore);
        } catch (PrinterFailed failed) {
            count(basket, -1);
            noteLost();
            return new Printed.NotNow(why());
        }
    }

    /**
     * Prints what a receipt of something sold for practice looks like. It says that it is worth nothing, and bears no code.
     *
     * @param printedBefore how often it was printed before
     */
    public Printed practise(TillBasket basket, int printedBefore) throws StorageFailed {
        try {
            Receipt receipt = receipt(basket, printedBefore);
            byte[] bytes = EscPosBytes.of(ReceiptText.of(receipt, speech.get(), printer.columns()), "");
            String id = ledger.identity().id().toString();
            printer.print(String.format(Locale.ROOT, "%s-ecole%06d-%d", id, basket.sale(), printedBefore), bytes);
            printerWorking = true;
            stopped = null;
            return new Printed.Done(printedBefore);
        } catch (PrinterFailed failed) {
            noteLost();
            return new Printed.NotNow(why());
        }
    }

    /** Prints the slip of a closing, as often as asked: its number is on it. */
    public Printed print(Closings.Closed closed) throws StorageFailed {
        if (ledger.training()) {
            return new Printed.NotNow(Said.of("till-practises"));
        }
        try {
            String id = ledger.identity().id().toString();
            byte[] slip = EscPosBytes.of(ClosingText.of(closed, seller, id, speech.get(), printer.columns()), "");
            printer.print(String.format(Locale.ROOT, "%s-z%06d", id, closed.entry()), slip);
            printerWorking = true;
            stopped = null;
            return new Printed.Done(0);
        } catch (PrinterFailed failed) {
            noteLost();
            return new Printed.NotNow(why());
        }
    }

    private void taken(String name, TillBasket basket) {
        printerWorking = true;
        stopped = null;
        taken.put(name, basket);
        if (taken.size() > TAKEN_MAX) {
            taken.remove(taken.firstEntry().getKey());
        }
    }

    /** Counted before printing: after a power cut in between, the next print is a duplicate and never a second original. */
    private int count(TillBasket basket, int change) throws StorageFailed {
        boolean cancelled = basket.state() == BasketState.CANCELLED;
        String update = cancelled
                ? "UPDATE cancelled SET prints = prints + ? WHERE sale = ?"
                : "UPDATE basket SET prints = prints + ? WHERE key = ?";
        String query =
                cancelled ? "SELECT prints FROM cancelled WHERE sale = ?" : "SELECT prints FROM basket WHERE key = ?";
        Object which = cancelled ? (Object) basket.sale() : basket.key();
        return ledger.store().inTransaction(connection -> {
            Sql.update(connection, update, change, which);
            return Sql.first(connection, query, row -> row.getInt(1), which)
                    .orElseThrow(() -> new IllegalStateException("no basket " + basket.key()));
        });
    }

    /** The ledger's entry of the cancellation of a basket's sale; 0 while it stands. */
    public long cancellation(TillBasket basket) throws StorageFailed {
        return basket.state() != BasketState.CANCELLED
                ? 0
                : ledger.store()
                        .inTransaction(connection -> Sql.first(
                                        connection,
                                        "SELECT entry FROM cancelled WHERE sale = ?",
                                        row -> row.getLong(1),
                                        basket.sale())
                                .orElse(0L));
    }

    /** Stands in the ledger before it is on paper: article 286-I-3° bis of the tax code has duplicates traced. */
    private void noteDuplicate(TillBasket basket) throws StorageFailed {
        if (ledger.endedForGood().isEmpty()) {
            String sale = String.valueOf(basket.sale());
            ledger.commit(writing -> writing.append(new Body.TechnicalEvent(Body.TechnicalEvent.REPRINTED, sale)));
        }
    }

    private void noteLost() throws StorageFailed {
        boolean worked = printerWorking;
        printerWorking = false;
        if (worked && ledger.endedForGood().isEmpty()) {
            ledger.commit(writing -> writing.append(new Body.TechnicalEvent(Body.TechnicalEvent.PRINTER_LOST, null)));
        }
    }

    private String name(TillBasket basket, int duplicate) {
        String name = String.format(Locale.ROOT, "%s-%06d", ledger.identity().id(), basket.sale());
        String kind = basket.state() == BasketState.CANCELLED ? "-c" : "";
        return duplicate == 0 ? name + kind : name + kind + "-d" + duplicate;
    }

    private Receipt receipt(TillBasket basket, int duplicate) throws StorageFailed {
        boolean cancels = basket.state() == BasketState.CANCELLED;
        // What was practised has one entry, also when it was taken back for practice.
        long number = cancels && !ledger.training() ? cancellation(basket) : basket.entry();
        byte[] entry = ledger.from(number, 1, Integer.MAX_VALUE).getFirst();
        try {
            SignedEntry signed = SignedEntry.decode(entry);
            ZoneId zone = rules.get().map(now -> now.scheme().zone()).orElse(ZoneId.of("UTC"));
            return new Receipt(
                    seller,
                    basket.sale(),
                    Instant.ofEpochMilli(signed.entry().timeMillis()).atZone(zone),
                    basket.details(basket.cardCents(), basket.cashCents()),
                    new ReceiptCode(ledger.identity().id(), number, signed.hash()),
                    signed.entry().body() instanceof Body.Sale sale ? earnedCents(sale.card()) : 0,
                    cancels,
                    signed.entry().body() instanceof Body.TrainingSale,
                    duplicate);
        } catch (Malformed malformed) {
            throw new StorageFailed("an entry does not read: the store is damaged", malformed);
        }
    }

    private static long earnedCents(@Nullable CardProof card) throws Malformed {
        return card == null ? 0 : -CardRecord.decode(card.record()).deltas().earnable();
    }

    /** What came of printing. */
    public sealed interface Printed {
        /** It is on paper, or taken to be printed at once; 0 for the original, else the count of the reprint. */
        record Done(int duplicate) implements Printed {}

        /** The printer cannot now, and why; it can be asked again. */
        record NotNow(Said why) implements Printed {}
    }
}
