package etal.protocol.catalogue;

import etal.protocol.cbor.Malformed;
import etal.protocol.reading.CsvRows;
import etal.protocol.reading.Faults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a product list as people keep it in a spreadsheet: comma-separated values with the header
 * {@code item,name_fr,category,price_cents,vat_permille,conventioned}. Any text at all gives a catalogue or the list
 * of what is wrong with it. Stateless.
 */
public final class CatalogueCsv {
    private static final List<String> HEADER =
            List.of("item", "name_fr", "category", "price_cents", "vat_permille", "conventioned");
    private static final int LENGTH_MAX = 1 << 20;

    private final Faults faults;
    private final Map<String, Integer> lineOfItem = new LinkedHashMap<>();
    private final List<Product> products = new ArrayList<>();

    private CatalogueCsv(String fileName) {
        this.faults = new Faults(fileName);
    }

    /**
     * Reads a product list. Conventioned {@code yes} is covered wholly; {@code no} and {@code debate} (wanted, not
     * voted yet) are not.
     *
     * @param csv the file's text
     * @param fileName as it shall stand in faults
     */
    public static CatalogueReading read(String csv, String fileName) {
        CatalogueCsv reading = new CatalogueCsv(fileName);
        if (csv.length() > LENGTH_MAX) {
            reading.faults.add(1, "file", csv.length() + " characters", "at most " + LENGTH_MAX);
        } else {
            reading.rows(new CsvRows(csv));
        }
        return reading.faults.none()
                ? new CatalogueReading.Read(new Catalogue(reading.products))
                : new CatalogueReading.Faulty(reading.faults.all());
    }

    private void rows(CsvRows rows) {
        try {
            if (!header(rows)) {
                return;
            }
            while (rows.hasNext() && !faults.full()) {
                CsvRows.Row row = rows.next();
                if (lineOfItem.size() >= Catalogue.PRODUCTS_MAX) {
                    faults.add(row.line(), "file", "a further product", "at most " + Catalogue.PRODUCTS_MAX);
                    return;
                }
                row(row);
            }
        } catch (Malformed broken) {
            faults.add(rows.line(), "file", String.valueOf(broken.getMessage()), "comma-separated values, RFC 4180");
        }
        if (faults.none() && products.isEmpty()) {
            faults.add(rows.line(), "file", "no product", "at least one");
        }
    }

    private boolean header(CsvRows rows) throws Malformed {
        String allowed = String.join(" ", HEADER);
        if (!rows.hasNext()) {
            faults.add(1, "header", "nothing", allowed);
            return false;
        }
        CsvRows.Row header = rows.next();
        if (!header.fields().equals(HEADER)) {
            faults.add(header.line(), "header", String.join(" ", header.fields()), allowed);
            return false;
        }
        return true;
    }

    private void row(CsvRows.Row row) {
        List<String> fields = row.fields();
        if (fields.size() != HEADER.size()) {
            faults.add(row.line(), "line", fields.size() + " fields", HEADER.size() + " fields");
            return;
        }
        boolean sound = text(row, 0, Product.NAME_LENGTH_MAX)
                & text(row, 1, Product.NAME_LENGTH_MAX)
                & text(row, 2, Product.FAMILY_LENGTH_MAX);
        long priceCents = whole(row, 3, 1, Product.PRICE_MAX_CENTS);
        long vatPermille = whole(row, 4, 0, Product.VAT_MAX_PERMILLE);
        int coveragePercent = coverage(row);
        Integer before = lineOfItem.putIfAbsent(fields.get(0), row.line());
        if (before != null) {
            faults.add(row.line(), HEADER.get(0), quoted(fields.get(0)), "each once, already in line " + before);
        }
        if (sound && priceCents >= 0 && vatPermille >= 0 && coveragePercent >= 0 && before == null) {
            products.add(new Product(
                    fields.get(0), fields.get(1), fields.get(2), priceCents, (int) vatPermille, coveragePercent));
        }
    }

    private boolean text(CsvRows.Row row, int column, int lengthMax) {
        boolean sound = Product.isText(row.fields().get(column), lengthMax);
        if (!sound) {
            wrong(row, column, "1 to " + lengthMax + " visible characters");
        }
        return sound;
    }

    /** The number, or -1 after a fault. */
    private long whole(CsvRows.Row row, int column, long min, long max) {
        String text = row.fields().get(column);
        if (text.matches("0|[1-9][0-9]{0,9}")) {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        }
        wrong(row, column, "whole number from " + min + " to " + max);
        return -1;
    }

    /** The coverage in percent, or -1 after a fault. */
    private int coverage(CsvRows.Row row) {
        int column = HEADER.size() - 1;
        return switch (row.fields().get(column)) {
            case "yes" -> 100;
            case "no", "debate" -> 0;
            default -> {
                wrong(row, column, "yes, no or debate");
                yield -1;
            }
        };
    }

    private void wrong(CsvRows.Row row, int column, String allowed) {
        faults.add(row.line(), HEADER.get(column), quoted(row.fields().get(column)), allowed);
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
