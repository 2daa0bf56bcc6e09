package etal.fleet.cli;

import etal.edge.speech.Speech;
import etal.fleet.bench.BreakdownTable;
import etal.fleet.bench.Figure;
import etal.fleet.bench.TapBench;
import etal.fleet.bench.process.TillBench;
import etal.fleet.cli.sim.SimBench;
import etal.fleet.world.place.Progress;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.money.Unit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code etal bench}: figures as lines of JSON, with the goals they are held to. Exit code 1 when one is missed. */
@Command(
        name = "bench",
        description = "how long things take: one JSON object a line, 1 when a goal is missed",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    private static final String TAP = "tap";
    private static final String SIM = "sim";
    private static final String TERMINAL = "terminal";
    private static final List<String> PARTS = List.of(TAP, TERMINAL, SIM);
    private static final List<String> LATER = List.of("hub", "sync", "day");

    @Parameters(paramLabel = "PART", arity = "0..*", description = "tap, terminal or sim; without any, tap")
    private List<String> parts = new ArrayList<>();

    @Option(
            names = "--payments",
            paramLabel = "N",
            description = "tap: how many payments are measured, ${DEFAULT-VALUE} unless given")
    private int payments = TapBench.PAYMENTS;

    @Option(
            names = "--sales",
            paramLabel = "N",
            description = "terminal: how many sales are made, ${DEFAULT-VALUE} unless given")
    private int sales = TillBench.SALES;

    @Option(names = "--breakdown", description = "tap: where the time goes, as tables, instead of figures")
    private boolean breakdown;

    @Option(names = "--lang", paramLabel = "LANG", defaultValue = "fr", description = "fr or en")
    private String language = "fr";

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException, StorageFailed {
        if (!language.equals("fr") && !language.equals("en")) {
            throw usage("--lang: fr or en is expected");
        }
        Speech speech = Speech.of("etal.fleet.bench.words", Locale.of(language), Unit.EURO);
        for (String part : parts) {
            if (LATER.contains(part)) {
                spec.commandLine().getErr().println("etal bench " + part + " is not part of this version");
                return Etal.BAD_INPUT;
            }
            if (!PARTS.contains(part)) {
                throw usage(speech.speak(Said.of("bench-unknown", part, String.join(", ", PARTS))));
            }
        }
        if (payments < 1 || sales < 1) {
            throw usage(speech.speak(Said.of("bench-payments")));
        }
        int code = parts.contains(SIM) ? sim(speech) : 0;
        if (parts.contains(TERMINAL)) {
            code = Math.max(code, terminal(speech));
        }
        return parts.isEmpty() || parts.contains(TAP) ? Math.max(code, tap(speech)) : code;
    }

    private int terminal(Speech speech) throws IOException, InterruptedException, StorageFailed {
        String top = System.getenv("ETAL_TOP");
        String house = System.getenv("ETAL_HOUSE");
        if (top == null || house == null) {
            spec.commandLine().getErr().println(speech.speak(Said.of("bench-till-build")));
            return Etal.ENVIRONMENT;
        }
        Path directory = Files.createTempDirectory("etal-bench");
        try {
            List<Figure> missed = new ArrayList<>();
            new TillBench(Path.of(top), Path.of(house), directory, speech, new Progress(System.err))
                    .run(sales, figure -> told(figure, missed));
            complain(missed, speech);
            return missed.isEmpty() ? 0 : Etal.DIFFERENCE;
        } finally {
            delete(directory);
        }
    }

    private int sim(Speech speech) {
        List<Figure> missed = new ArrayList<>();
        boolean kept = new SimBench(System.err).run(figure -> told(figure, missed));
        complain(missed, speech);
        return kept && missed.isEmpty() ? 0 : Etal.DIFFERENCE;
    }

    private int tap(Speech speech) throws IOException, StorageFailed {
        Path directory = Files.createTempDirectory("etal-bench");
        try {
            return tap(directory, speech);
        } finally {
            delete(directory);
        }
    }

    private void told(Figure figure, List<Figure> missed) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(figure.json());
        out.flush();
        if (!figure.ok()) {
            missed.add(figure);
        }
    }

    private int tap(Path directory, Speech speech) throws StorageFailed {
        PrintWriter out = spec.commandLine().getOut();
        TapBench bench = new TapBench(
                directory, speech, sentence -> spec.commandLine().getErr().println(sentence));
        if (breakdown) {
            new BreakdownTable(speech).lines(bench.scenarios()).forEach(out::println);
            return 0;
        }
        List<Figure> missed = new ArrayList<>();
        bench.run(payments, figure -> told(figure, missed));
        complain(missed, speech);
        return missed.isEmpty() ? 0 : Etal.DIFFERENCE;
    }

    private void complain(List<Figure> missed, Speech speech) {
        for (Figure figure : missed) {
            spec.commandLine()
                    .getErr()
                    .println(speech.speak(Said.of(
                            "bench-missed",
                            figure.name(),
                            figure.value(),
                            String.valueOf(figure.goal()),
                            figure.unit())));
        }
    }

    private CommandLine.ParameterException usage(String sentence) {
        return new CommandLine.ParameterException(spec.commandLine(), sentence);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> below = Files.walk(directory)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
