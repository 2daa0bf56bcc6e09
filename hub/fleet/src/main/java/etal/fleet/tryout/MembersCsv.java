package etal.fleet.tryout;

import etal.protocol.card.Balances;
import etal.protocol.cbor.Malformed;
import etal.protocol.reading.CsvRows;
import etal.protocol.reading.Fault;
import etal.protocol.reading.Faults;
import etal.protocol.reading.Phrase;
import etal.protocol.scheme.Household;
import etal.protocol.scheme.Scheme;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Reads who takes part: {@code household,adults,children,contribution,point_of_sale}, the children by their ages with
 * spaces between, the point of sale empty where none is chosen. Total: any text gives buyers or faults. Not thread-safe.
 */
public final class MembersCsv {
    private static final List<String> HEADER =
            List.of("household", "adults", "children", "contribution", "point_of_sale");
    private static final int MEMBERS_MAX = 100_000;
    private static final String AMOUNT = "(0|[1-9][0-9]{0,7})";

    private final Scheme scheme;
    private final Faults faults;
    private final List<Buyer> buyers = new ArrayList<>();
    private final TreeSet<String> numbers = new TreeSet<>();

    private MembersCsv(Scheme scheme, String fileName) {
        this.scheme = scheme;
        this.faults = new Faults(fileName);
    }

    /** What reading gives. */
    public sealed interface Reading {
        /** The households in the order of the file. */
        record Read(List<Buyer> buyers) implements Reading {}

        /** What is wrong. */
        record Faulty(List<Fault> faults) implements Reading {}
    }

    /** Reads a file's text; its name is for the faults. */
    public static Reading read(String csv, String fileName, Scheme scheme) {
        MembersCsv reading = new MembersCsv(scheme, fileName);
        reading.rows(new CsvRows(csv));
        if (reading.faults.none() && reading.buyers.isEmpty()) {
            reading.faults.add(1, "household", "nothing", "at least one household");
        }
        return reading.faults.none() ? new Reading.Read(reading.buyers) : new Reading.Faulty(reading.faults.all());
    }

    private void rows(CsvRows rows) {
        try {
            if (!rows.hasNext() || !rows.next().fields().equals(HEADER)) {
                wrong(1, "header", "another header", Phrase.of("{0}", String.join(",", HEADER)));
                return;
            }
            while (rows.hasNext() && !faults.full() && buyers.size() < MEMBERS_MAX) {
                row(rows.next());
            }
        } catch (Malformed broken) {
            faults.add(rows.line(), "file", String.valueOf(broken.getMessage()), "comma-separated values, RFC 4180");
        }
    }

    private void row(CsvRows.Row row) {
        List<String> fields = row.fields();
        if (fields.size() != HEADER.size()) {
            wrong(row.line(), "line", "another number of fields", Phrase.of("{0}", String.join(",", HEADER)));
            return;
        }
        String number = fields.get(0);
        if (!number.matches("[A-Za-z0-9-]{1,40}") || !numbers.add(number)) {
            wrong(row.line(), "household", number, Phrase.of("letters, digits and hyphens, each household once"));
        }
        List<Integer> ages = new ArrayList<>();
        if (fields.get(1).matches("[1-9][0-9]?")) {
            ages.addAll(Collections.nCopies(Integer.parseInt(fields.get(1)), Household.ADULT_YEARS));
        }
        for (String age : fields.get(2).isBlank()
                ? List.<String>of()
                : List.of(fields.get(2).strip().split(" +"))) {
            ages.add(age.matches("[0-9]{1,2}") ? Integer.parseInt(age) : Household.YEARS_MAX + 1);
        }
        boolean people = !ages.isEmpty()
                && ages.size() <= Household.PERSONS_MAX
                && Collections.max(ages) <= Household.YEARS_MAX
                && fields.get(1).matches("[1-9][0-9]?");
        if (!people) {
            wrong(
                    row.line(),
                    "adults",
                    fields.get(1) + " + " + fields.get(2),
                    Phrase.of("adults, and ages of children with spaces between"));
        }
        Optional<Long> contributionCents = cents(row.line(), fields.get(3));
        long place = place(row.line(), fields.get(4));
        if (people && contributionCents.isPresent()) {
            buyers.add(new Buyer(number, new Household(ages, List.of()), contributionCents.get(), place));
        }
    }

    private Optional<Long> cents(int line, String text) {
        int decimals = scheme.unit().decimals();
        if (!text.matches(AMOUNT + (decimals == 0 ? "" : "(\\.[0-9]{1," + decimals + "})?"))) {
            wrong(line, "contribution", text, Phrase.of("amount from {0} to {1}", "0", Balances.PURSE_MAX / 100));
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(text).movePointRight(decimals).longValueExact());
    }

    private long place(int line, String text) {
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.matches("[1-9][0-9]{0,9}")) {
            wrong(line, "point_of_sale", text, Phrase.of("whole number from {0} to {1}", "1", "4294967295"));
            return 0;
        }
        return Long.parseLong(text);
    }

    private void wrong(int line, String field, String found, Phrase allowed) {
        faults.add(line, field, Phrase.quoted("\"" + found + "\""), allowed, Optional.empty());
    }
}
