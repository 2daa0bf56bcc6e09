package etal.fleet.cli.sim;

import etal.fleet.world.crash.CrashEnumeration;
import etal.fleet.world.crash.CrashEnumeration.Counts;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** {@code etal sim --enumerate}: a line for each kind on standard error, violations and the sum on standard output. */
final class Enumerated {
    private final PrintStream out;
    private final PrintStream err;
    private final Records records;

    Enumerated(PrintStream out, PrintStream err, Records records) {
        this.out = out;
        this.err = err;
        this.records = records;
    }

    /** What speaks against these options, if anything does. */
    static Optional<String> complaint(@Nullable String only, @Nullable String at) {
        if (at != null && only == null) {
            return Optional.of("--at: with --only KIND");
        }
        return only == null || CrashEnumeration.kinds().contains(only)
                ? Optional.empty()
                : Optional.of("--only: " + only + ", with --enumerate one of " + CrashEnumeration.kinds());
    }

    /** Goes through one kind or all; true when all was kept. */
    boolean run(@Nullable String only) throws IOException, InterruptedException {
        List<String> kinds = only == null ? CrashEnumeration.kinds() : List.of(only);
        List<Counts> counts = CrashEnumeration.run(kinds, this::tell);
        List<String> violations =
                counts.stream().flatMap(each -> each.violations().stream()).toList();
        violations.forEach(out::println);
        String line = sum(counts, Counts::points) + " crash points, " + sum(counts, Counts::pairs) + " pairs, "
                + violations.size() + " violations";
        if (only == null) {
            var lines = new ArrayList<>(List.of(line));
            lines.add(counts.size() + " kinds, " + sum(counts, Counts::states) + " states that differ");
            counts.forEach(each -> lines.add(said(each)));
            lines.subList(1, 2).forEach(err::println);
            records.keep("enumerate", "./etal sim --enumerate", lines);
        }
        out.println(line);
        return violations.isEmpty();
    }

    /** Plays the moments of one violation again; true when all was kept. */
    boolean replay(String kind, String at) throws IOException {
        Optional<String> violation = CrashEnumeration.replay(kind, at);
        out.println(kind + " at " + at + ": " + violation.orElse("all was kept"));
        return violation.isEmpty();
    }

    private synchronized void tell(Counts counts) {
        err.println(said(counts) + ", " + counts.millis() + " ms");
    }

    private static String said(Counts counts) {
        return counts.kind() + ": " + counts.points() + " points, " + counts.pairs() + " pairs, " + counts.states()
                + " states, " + counts.violations().size() + " violations";
    }

    private static long sum(List<Counts> counts, ToLongFunction<Counts> of) {
        return counts.stream().mapToLong(of).sum();
    }
}
