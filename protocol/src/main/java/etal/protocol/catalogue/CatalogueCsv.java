package etal.protocol.catalogue;

import etal.protocol.cbor.Malformed;
import etal.protocol.reading.CsvRows;
import etal.protocol.reading.Faults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a product list as people keep it in a spreadsheet: comma-separated values with the header
 * {@code item,name_fr,category,price_cents,vat_permille,conventioned}, which {@code labels} may follow, then {@code sold_by}. Any text at all
 * gives a catalogue or the list of what is wrong with it. Stateless.
 */
public final class CatalogueCsv {
    private static final List<String> HEADER =
            List.of("item", "name_fr", "category", "price_cents", "vat_permille", "conventioned");
    private static final List<String> LABELLED =
            Stream.concat(HEADER.stream(), Stream.of("labels")).toList();
    private static final List<String> WEIGHED =
            Stream.concat(LABELLED.stream(), Stream.of("sold_by")).toList();
    private static final Pattern PERCENT = Pattern.compile("(100|[1-9]?[0-9]) ?%?");
    private static final int COVERAGE = 5;
    private static final int LABELS = 6;
    private static final int SOLD_BY = 7;
    private static final int LENGTH_MAX = 1 << 20;

    private final Faults faults;
    private List<String> columns = HEADER;
    private final Map<String, Integer> lineOfItem = new LinkedHashMap<>();
    private final List<Product> products = new ArrayList<>();

    private CatalogueCsv(String fileName) {
        this.faults = new Faults(fileName);
    }

    /**
     * Reads a product list. Conventioned {@code yes} is covered wholly; {@code no} and {@code debate} (wanted, not
     * voted yet) are not; a number from 0 to 100, with or without a percent sign, is covered in part. Labels are words
     * with spaces between them. Sold by {@code kg} is weighed, and its price is that of a kilogram; {@code piece} or
     * nothing is sold by the piece.
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
        String allowed = String.join(" ", HEADER) + ", then perhaps labels, then perhaps sold_by";
        if (!rows.hasNext()) {
            faults.add(1, "header", "nothing", allowed);
            return false;
        }
        CsvRows.Row header = rows.next();
        columns = Stream.of(LABELLED, WEIGHED)
                .filter(known -> known.size() == header.fields().size())
                .findFirst()
                .orElse(HEADER);
        if (!header.fields().equals(columns)) {
            faults.add(header.line(), "header", String.join(" ", header.fields()), allowed);
            return false;
        }
        return true;
    }

    private void row(CsvRows.Row row) {
        List<String> fields = row.fields();
        if (fields.size() != columns.size()) {
            faults.add(row.line(), "line", fields.size() + " fields", columns.size() + " fields");
            return;
        }
        boolean sound = text(row, 0, Product.NAME_LENGTH_MAX)
                & text(row, 1, Product.NAME_LENGTH_MAX)
                & text(row, 2, Product.FAMILY_LENGTH_MAX);
        long priceCents = whole(row, 3, 1, Product.PRICE_MAX_CENTS);
        long vatPermille = whole(row, 4, 0, Product.VAT_MAX_PERMILLE);
        int coveragePercent = coverage(row);
        List<String> labels = labels(row);
        boolean byWeight = byWeight(row);
        Integer before = lineOfItem.putIfAbsent(fields.get(0), row.line());
        if (before != null) {
            faults.add(row.line(), HEADER.get(0), quoted(fields.get(0)), "each once, already in line " + before);
        }
        boolean labelled = labels.stream().allMatch(Label::isLabel) && labels.size() <= Label.LABELS_MAX;
        if (sound && labelled && priceCents >= 0 && vatPermille >= 0 && coveragePercent >= 0 && before == null) {
            products.add(new Product(
                    fields.get(0),
                    fields.get(1),
                    fields.get(2),
                    priceCents,
                    (int) vatPermille,
                    coveragePercent,
                    labels,
                    byWeight));
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
        String text = row.fields().get(COVERAGE);
        Matcher percent = PERCENT.matcher(text);
        if (percent.matches()) {
            return Integer.parseInt(percent.group(1));
        }
        return switch (text) {
            case "yes" -> 100;
            case "no", "debate" -> 0;
            default -> {
                wrong(row, COVERAGE, "yes, no, debate or a percentage from 0 to 100");
                yield -1;
            }
        };
    }

    /** The labels, named as a fault if they are none. */
    private List<String> labels(CsvRows.Row row) {
        if (columns.size() <= LABELS || row.fields().get(LABELS).isBlank()) {
            return List.of();
        }
        List<String> labels = List.of(row.fields().get(LABELS).strip().split(" +"));
        if (labels.size() > Label.LABELS_MAX || !labels.stream().allMatch(Label::isLabel)) {
            wrong(row, LABELS, "at most " + Label.LABELS_MAX + " words of small letters, digits and hyphens");
        }
        return labels;
    }

    private boolean byWeight(CsvRows.Row row) {
        String text = columns.size() <= SOLD_BY ? "" : row.fields().get(SOLD_BY);
        if (!text.isEmpty() && !text.equals("piece") && !text.equals("kg")) {
            wrong(row, SOLD_BY, "piece, kg or nothing");
        }
        return text.equals("kg");
    }

    private void wrong(CsvRows.Row row, int column, String allowed) {
        faults.add(row.line(), WEIGHED.get(column), quoted(row.fields().get(column)), allowed);
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
