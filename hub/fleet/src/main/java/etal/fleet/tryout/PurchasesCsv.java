package etal.fleet.tryout;

import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.Product;
import etal.protocol.cbor.Malformed;
import etal.protocol.reading.CsvRows;
import etal.protocol.reading.Fault;
import etal.protocol.reading.Faults;
import etal.protocol.reading.Phrase;
import etal.protocol.scheme.Scheme;
import etal.protocol.split.Basket;
import etal.protocol.split.BasketLine;
import etal.protocol.split.Split;
import etal.protocol.split.Wish;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads receipts that say more than their goods: {@code day,household,point_of_sale,item,quantity}, which {@code tariff}
 * may follow. Lines one below the other with the same day, household, point of sale and tariff are one receipt. A tariff
 * is the id of a choice, or a price for the whole receipt where the price is free. Total. Not thread-safe.
 */
public final class PurchasesCsv {
    /** How such a file begins. */
    public static final String HEADER = "day,household,point_of_sale,item,quantity";

    private static final String TARIFF = ",tariff";
    private static final int TARIFF_AT = 5;
    private static final int DAYS_MAX = 31;
    private static final String NUMBER = "[1-9][0-9]{0,6}";

    private final Catalogue catalogue;
    private final Scheme scheme;
    private final Faults faults;
    private final List<Purchase> purchases = new ArrayList<>();
    private final List<BasketLine> lines = new ArrayList<>();
    private List<String> head = List.of();
    private int begun;

    private PurchasesCsv(Catalogue catalogue, Scheme scheme, String fileName) {
        this.catalogue = catalogue;
        this.scheme = scheme;
        this.faults = new Faults(fileName);
    }

    /** What reading gives. */
    public sealed interface Reading {
        /** The receipts in the order of the file. */
        record Read(List<Purchase> purchases) implements Reading {}

        /** What is wrong. */
        record Faulty(List<Fault> faults) implements Reading {}
    }

    /** Whether a text is such a file, by its first line. */
    public static boolean is(String csv) {
        return csv.startsWith(HEADER);
    }

    /** Reads a file's text; its name is for the faults. */
    public static Reading read(String csv, String fileName, Catalogue catalogue, Scheme scheme) {
        PurchasesCsv reading = new PurchasesCsv(catalogue, scheme, fileName);
        reading.rows(new CsvRows(csv));
        reading.end();
        if (reading.faults.none() && reading.purchases.isEmpty()) {
            reading.faults.add(2, "item", "nothing", "at least one purchase");
        }
        return reading.faults.none()
                ? new Reading.Read(List.copyOf(reading.purchases))
                : new Reading.Faulty(reading.faults.all());
    }

    private void rows(CsvRows rows) {
        try {
            String header = String.join(",", rows.next().fields());
            if (!header.equals(HEADER) && !header.equals(HEADER + TARIFF)) {
                wrong(1, "header", header, Phrase.of("{0}", HEADER + "[" + TARIFF + "]"));
                return;
            }
            int fields = header.split(",").length;
            while (rows.hasNext() && !faults.full()) {
                CsvRows.Row row = rows.next();
                if (row.fields().size() == fields) {
                    row(row);
                } else {
                    wrong(row.line(), "line", String.join(",", row.fields()), Phrase.of("{0}", header));
                }
            }
        } catch (Malformed broken) {
            faults.add(rows.line(), "file", String.valueOf(broken.getMessage()), "comma-separated values, RFC 4180");
        }
    }

    private void row(CsvRows.Row row) {
        List<String> fields = row.fields();
        check(row.line(), "day", fields.get(0), "[1-9]|[12][0-9]|3[01]", DAYS_MAX);
        check(row.line(), "point_of_sale", fields.get(2), "[1-9][0-9]{0,9}", 0xFFFF_FFFFL);
        check(row.line(), "quantity", fields.get(4), NUMBER, BasketLine.QUANTITY_MAX);
        Optional<Product> product = catalogue.find(fields.get(3));
        if (product.isEmpty()) {
            wrong(row.line(), "item", fields.get(3), Phrase.of("an item of the catalogue"));
        }
        if (!faults.none()) {
            return;
        }
        List<String> next = List.of(
                fields.get(0), fields.get(1), fields.get(2), fields.size() > TARIFF_AT ? fields.get(TARIFF_AT) : "");
        if (!next.equals(head) || lines.size() >= Split.LINES_MAX) {
            end();
            head = next;
            begun = row.line();
        }
        lines.add(BasketLine.of(product.orElseThrow(), Long.parseLong(fields.get(4))));
    }

    private void end() {
        if (faults.none() && !lines.isEmpty()) {
            purchases.add(new Purchase(
                    begun,
                    Integer.parseInt(head.get(0)),
                    head.get(1),
                    Long.parseLong(head.get(2)),
                    new Basket(lines),
                    wish(head.get(3))));
        }
        lines.clear();
    }

    private Wish wish(String tariff) {
        if (tariff.isEmpty()) {
            return Wish.FAIR;
        }
        int decimals = scheme.unit().decimals();
        String price = "(0|[1-9][0-9]{0,7})" + (decimals == 0 ? "" : "(\\.[0-9]{1," + decimals + "})?");
        return tariff.matches(price)
                ? new Wish.Free(new BigDecimal(tariff).movePointRight(decimals).longValueExact())
                : new Wish.Choice(tariff);
    }

    private void check(int line, String field, String text, String form, long most) {
        if (!text.matches(form) || Long.parseLong(text) > most) {
            wrong(line, field, text, Phrase.of("whole number from {0} to {1}", "1", String.valueOf(most)));
        }
    }

    private void wrong(int line, String field, String found, Phrase allowed) {
        faults.add(line, field, Phrase.quoted("\"" + found + "\""), allowed, Optional.empty());
    }
}
