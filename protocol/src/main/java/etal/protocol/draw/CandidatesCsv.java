package etal.protocol.draw;

import etal.protocol.cbor.Malformed;
import etal.protocol.reading.CsvRows;
import etal.protocol.reading.Faults;
import etal.protocol.reading.Phrase;
import etal.protocol.scheme.Scheme;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the list of candidates of a draw: comma-separated values (RFC 4180) whose first line names the columns, in any
 * order: {@code household}, {@code adults}, {@code children} (their ages, with spaces between) and at least one of
 * {@code contribution} (a month, in the fund's unit) and {@code income} (a year, or the monthly quotient where a grid
 * counts in it; used at once, and standing in no message); {@code group} and {@code traits} (ids of modulators and
 * supplements, with spaces between) if there are any. Any text at all gives the candidates or the list
 * of what is wrong with it. Stateless.
 */
public final class CandidatesCsv {
    /** More candidates than any fund has seen. */
    public static final int CANDIDATES_MAX = 10_000;

    private static final int LENGTH_MAX = 1 << 20;
    private static final List<String> REQUIRED = List.of("household", "adults", "children");
    private static final List<String> AMOUNTS = List.of("contribution", "income");
    private static final List<String> OPTIONAL = List.of("contribution", "income", "group", "traits");
    private static final String HEADER_ALLOWED =
            "household adults children, contribution or income, and if wanted group traits";

    private final Faults faults;
    private final Scheme scheme;
    private final Map<String, Integer> lineOfHousehold = new LinkedHashMap<>();
    private final List<Candidate> candidates = new ArrayList<>();

    private CandidatesCsv(Faults faults, Scheme scheme) {
        this.faults = faults;
        this.scheme = scheme;
    }

    /**
     * Reads a list of candidates.
     *
     * @param csv the file's text
     * @param fileName as it shall stand in faults
     * @param scheme under which they ask to come in
     */
    public static CandidatesReading read(String csv, String fileName, Scheme scheme) {
        CandidatesCsv reading = new CandidatesCsv(new Faults(fileName), scheme);
        if (csv.length() > LENGTH_MAX) {
            reading.fault(1, "file", Phrase.of("{0} characters", csv.length()), Phrase.of("at most {0}", LENGTH_MAX));
        } else {
            reading.rows(new CsvRows(csv));
        }
        return reading.faults.none()
                ? new CandidatesReading.Read(List.copyOf(reading.candidates))
                : new CandidatesReading.Faulty(reading.faults.all());
    }

    private void rows(CsvRows rows) {
        try {
            List<String> header = header(rows);
            while (!header.isEmpty() && rows.hasNext() && !faults.full()) {
                CsvRows.Row row = rows.next();
                if (lineOfHousehold.size() >= CANDIDATES_MAX) {
                    fault(
                            row.line(),
                            "file",
                            Phrase.of("a further candidate"),
                            Phrase.of("at most {0}", CANDIDATES_MAX));
                    return;
                }
                row(header, row);
            }
        } catch (Malformed broken) {
            faults.add(rows.line(), "file", String.valueOf(broken.getMessage()), "comma-separated values, RFC 4180");
        }
        if (faults.none() && candidates.isEmpty()) {
            faults.add(rows.line(), "file", "no candidate", "at least one");
        }
    }

    /** The columns, or none after a fault. */
    private List<String> header(CsvRows rows) throws Malformed {
        if (!rows.hasNext()) {
            faults.add(1, "header", "nothing", HEADER_ALLOWED);
            return List.of();
        }
        List<String> header = rows.next().fields();
        boolean sound = header.containsAll(REQUIRED)
                && AMOUNTS.stream().anyMatch(header::contains)
                && header.stream().distinct().count() == header.size()
                && header.stream().allMatch(column -> REQUIRED.contains(column) || OPTIONAL.contains(column));
        if (!sound) {
            fault(1, "header", Phrase.quoted(String.join(" ", header)), Phrase.of(HEADER_ALLOWED));
        }
        return sound ? header : List.of();
    }

    private void row(List<String> header, CsvRows.Row row) {
        if (row.fields().size() != header.size()) {
            fault(
                    row.line(),
                    "line",
                    Phrase.of("{0} fields", row.fields().size()),
                    Phrase.of("{0} fields", header.size()));
            return;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (int column = 0; column < header.size(); column++) {
            fields.put(header.get(column), row.fields().get(column));
        }
        String id = fields.getOrDefault("household", "");
        Integer before = lineOfHousehold.putIfAbsent(id, row.line());
        if (before != null) {
            fault(
                    row.line(),
                    "household",
                    Phrase.quoted("\"" + id + "\""),
                    Phrase.of("each once, already in line {0}", before));
            return;
        }
        new CandidateRow(row.line(), fields, scheme, faults).read().ifPresent(candidates::add);
    }

    private void fault(int line, String field, Phrase found, Phrase allowed) {
        faults.add(line, field, found, allowed, Optional.empty());
    }
}
