package etal.hub.reconcile.undone;

import etal.hub.books.Sql;
import etal.hub.ingest.SaleCheck;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body.Cancellation;
import etal.protocol.ledger.Body.Closing.Undone;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.LedgerId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The cancellations that the stored entries hold, without a look at what the books made of them. */
public final class CancelledSales {
    /** Which record of which card, its id in hexadecimal. */
    public record Record(String card, long counter) {
        @Override
        public String toString() {
            return card + "/" + counter;
        }
    }

    /** Where cards' records stand. */
    @FunctionalInterface
    public interface Records {
        /** The record of a card with that counter, if it is stored. */
        Optional<CardRecord> find(String card, long counter);
    }

    /**
     * A cancellation as its entry has it.
     *
     * @param day of its time, in the fund's zone
     * @param hash of the entry, in hexadecimal
     * @param chain whether it continues its ledger
     * @param record what the card took back; empty without a card
     * @param backCents what the card took back
     * @param withheld whether a check refused it, so that it moves no money
     */
    public record Seen(
            Entry entry,
            Cancellation body,
            String day,
            String hash,
            boolean chain,
            Optional<Record> record,
            long backCents,
            boolean withheld) {
        /** The hash of the sale's entry, in hexadecimal. */
        public String saleHash() {
            return Hash.hex(body.saleHash());
        }

        private String name() {
            return entry.ledger() + " entry " + entry.number();
        }
    }

    /**
     * A sale that moves money.
     *
     * @param record what paid it; empty without a card
     * @param pointOfSale where
     */
    public record Sold(LedgerId ledger, long sale, Optional<Record> record, long pointOfSale) {}

    private final List<Seen> all = new ArrayList<>();
    /** Those that move money, by the record that they are of. */
    private final Map<Record, Seen> byRecord = new LinkedHashMap<>();

    private final TreeSet<String> sales = new TreeSet<>();

    /** Hears the entries in order; {@code day} is that of the entry's time. */
    public void hear(Entry entry, Cancellation body, String day, String hash, boolean chain, boolean withheld) {
        CardProof proof = body.card();
        Optional<CardRecord> record = Optional.empty();
        Optional<Record> key = Optional.empty();
        try {
            if (proof != null) {
                record = Optional.of(CardRecord.decode(proof.record()));
                String card =
                        Hash.hex(CardCertificate.decode(proof.certificate()).cardId());
                key = Optional.of(new Record(card, record.get().counter()));
            }
        } catch (Malformed e) {
            // Ingest has withheld it: it moves nothing.
            key = Optional.empty();
        }
        long backCents = record.map(CancelledSales::backCents).orElse(0L);
        Seen seen = new Seen(entry, body, day, hash, chain, key, backCents, withheld);
        all.add(seen);
        if (!withheld) {
            sales.add(seen.saleHash());
            key.ifPresent(of -> byRecord.putIfAbsent(of, seen));
        }
    }

    /** All of them, in the order of their ledgers. */
    public List<Seen> all() {
        return all;
    }

    /** The one that a card's record is of, if it moves money. */
    public Optional<Seen> of(String card, long counter) {
        return Optional.ofNullable(byRecord.get(new Record(card, counter)));
    }

    /** Whether the sale of that entry was undone by one that moves money; its hash in hexadecimal. */
    public boolean undone(String saleHash) {
        return sales.contains(saleHash);
    }

    /** What a ledger cancelled between two of its entries, and ever before the later one. */
    public Undone between(LedgerId ledger, long after, long before) {
        long count = 0;
        long cents = 0;
        long ever = 0;
        for (Seen seen : all) {
            long number = seen.entry().number();
            if (seen.chain() && seen.entry().ledger().equals(ledger) && number < before) {
                ever += seen.backCents();
                count += number > after ? 1 : 0;
                cents += number > after ? seen.backCents() : 0;
            }
        }
        return new Undone(count, cents, ever);
    }

    /** What should not have moved money, one sentence each. */
    public List<String> faults(Function<String, Optional<Sold>> soldByHash, Records records) {
        List<String> faults = new ArrayList<>();
        TreeSet<String> once = new TreeSet<>();
        for (Seen seen : all) {
            if (!seen.withheld()) {
                Optional<Sold> sold = soldByHash.apply(seen.saleHash());
                boolean its = sold.isPresent()
                        && sold.get().ledger().equals(seen.entry().ledger())
                        && sold.get().sale() == seen.body().sale()
                        && sold.get().record().isPresent() == seen.record().isPresent();
                if (!its) {
                    faults.add(seen.name() + ": it cancels no sale in the books");
                } else if (!once.add(seen.saleHash())) {
                    faults.add(seen.name() + ": its sale is cancelled twice");
                } else {
                    complaint(seen, sold.get(), records).ifPresent(why -> faults.add(seen.name() + ": " + why));
                }
            }
        }
        return faults;
    }

    private static Optional<String> complaint(Seen seen, Sold sold, Records records) {
        if (seen.record().isEmpty() || sold.record().isEmpty()) {
            return Optional.empty();
        }
        if (!seen.record().get().card().equals(sold.record().get().card())) {
            return Optional.of("another card paid its sale");
        }
        Optional<CardRecord> back = stored(records, seen.record().get());
        Optional<CardRecord> paid = stored(records, sold.record().get());
        if (back.isEmpty() || paid.isEmpty()) {
            return Optional.of("its card record is not the one stored");
        }
        return SaleCheck.takenBack(seen.entry(), seen.body(), back.get(), paid.get())
                .map(refusal -> "it should move no money: " + refusal.detail());
    }

    private static Optional<CardRecord> stored(Records records, Record which) {
        return records.find(which.card(), which.counter());
    }

    /** The table of cancellations against the entries. */
    public List<String> index(Connection connection, Function<String, Optional<Sold>> soldByHash) throws SQLException {
        TreeMap<String, String> should = new TreeMap<>();
        all.stream()
                .filter(seen -> !seen.withheld())
                .forEach(seen -> should.put(
                        seen.hash(),
                        row(
                                seen.saleHash(),
                                seen.chain() ? "chain" : "fork",
                                seen.day(),
                                soldByHash
                                        .apply(seen.saleHash())
                                        .map(Sold::pointOfSale)
                                        .orElse(0L),
                                seen.record().map(Record::toString).orElse(""),
                                seen.backCents())));
        TreeMap<String, String> does = new TreeMap<>();
        Sql.list(
                connection,
                "SELECT hex(entry_hash), hex(sale_hash), branch, day, point_of_sale, hex(card), counter, back_cents"
                        + " FROM cancellation ORDER BY entry_hash",
                row -> does.put(
                        row.getString(1).toLowerCase(Locale.ROOT),
                        row(
                                row.getString(2).toLowerCase(Locale.ROOT),
                                row.getString(3),
                                row.getString(4),
                                row.getLong(5),
                                row.getString(6).isEmpty()
                                        ? ""
                                        : row.getString(6).toLowerCase(Locale.ROOT) + "/" + row.getLong(7),
                                row.getLong(8))));
        TreeSet<String> hashes = new TreeSet<>(should.keySet());
        hashes.addAll(does.keySet());
        return hashes.stream()
                .filter(hash -> !should.getOrDefault(hash, "").equals(does.getOrDefault(hash, "")))
                .map(hash -> "cancellation " + hash + ": the store says " + does.getOrDefault(hash, "nothing")
                        + ", the entries " + should.getOrDefault(hash, "nothing"))
                .toList();
    }

    private static String row(
            String saleHash, String branch, String day, long pointOfSale, String record, long backCents) {
        return saleHash + " " + branch + " " + day + " at " + pointOfSale + " " + record + " " + backCents;
    }

    /** What a record gave back, out of its balances alone: what was earned went back to what can be earned. */
    public static long backCents(CardRecord record) {
        long after = record.after().allocation()
                + record.after().bonus()
                + record.after().earnable();
        long before = record.before().allocation()
                + record.before().bonus()
                + record.before().earnable();
        return after - before;
    }
}
