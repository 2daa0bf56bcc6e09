package etal.fleet.cli.scheme;

import etal.edge.speech.Speech;
import etal.fleet.cli.Etal;
import etal.fleet.tryout.Assumed;
import etal.fleet.tryout.Figures;
import etal.fleet.tryout.Trial;
import etal.protocol.scheme.Scheme;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code etal scheme try}: a month's figures on given receipts. */
@Command(
        name = "try",
        description = "a month's figures of a scheme on given receipts: CSV; what was assumed on standard error",
        mixinStandardHelpOptions = true)
final class SchemeTry implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Parameters(paramLabel = "F", description = "the scheme file")
    private Path file = Path.of("");

    @Option(
            names = "--baskets",
            paramLabel = "F",
            required = true,
            description = "receipts: one a line, or CSV day,household,point_of_sale,item,quantity[,tariff]")
    private Path baskets = Path.of("");

    @Option(names = "--catalogue", paramLabel = "F", description = "the product list; otherwise the one beside")
    private @Nullable Path catalogue;

    @Option(
            names = "--members",
            paramLabel = "F",
            description = "CSV: household,adults,children (ages, with spaces between),contribution,point_of_sale")
    private @Nullable Path members;

    @Option(names = "--month", paramLabel = "YYYY-MM", description = "otherwise that from which the scheme holds")
    private @Nullable YearMonth month;

    @Option(names = "--per", paramLabel = "WHAT", description = "receipt or household: one row each")
    private String per = "month";

    @Option(names = "--lang", paramLabel = "L", description = "language of the explanation: fr (usual) or en")
    private String language = "fr";

    @Override
    public Integer call() throws IOException {
        Words.check(language, spec.commandLine());
        if (!List.of("month", "receipt", "household").contains(per)) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--per: receipt or household is expected");
        }
        PrintWriter err = spec.commandLine().getErr();
        Inputs inputs = new Inputs(err, Locale.of(language));
        Optional<Scheme> scheme = inputs.scheme(file);
        if (scheme.isEmpty()) {
            return Etal.BAD_INPUT;
        }
        Optional<TrialInput> input = TrialInput.read(inputs, scheme.get(), baskets, catalogue, members);
        if (input.isEmpty()) {
            return Etal.BAD_INPUT;
        }
        Trial trial = Trial.of(
                scheme.get(),
                Words.firstMonth(month, scheme.get()),
                input.get().buyers(),
                input.get().purchases());
        Speech speech = Speech.of(
                "etal.fleet.cli.scheme.trial", Locale.of(language), scheme.get().unit());
        tell(trial, input.get(), speech, err);
        print(new Figures(trial));
        return 0;
    }

    private static void tell(Trial trial, TrialInput input, Speech speech, PrintWriter err) {
        Assumed.told(
                        trial.scheme(),
                        input.membersGiven(),
                        input.plainReceipts(),
                        input.buyers().size())
                .forEach(said -> err.println(speech.speak(said)));
        Assumed.missingLabels(trial.scheme(), trial.sales()).ifPresent(said -> err.println(speech.speak(said)));
        long refused = trial.sales().stream().filter(Trial.Sale::refusedWish).count();
        if (refused > 0) {
            err.println(speech.say("try.refused", String.valueOf(refused)));
        }
        long unloaded = trial.households().stream().filter(one -> !one.loaded()).count();
        if (unloaded > 0) {
            err.println(speech.say("try.unloaded", String.valueOf(unloaded)));
        }
        err.flush();
    }

    private void print(Figures figures) {
        PrintWriter out = spec.commandLine().getOut();
        switch (per) {
            case "receipt" -> {
                out.println(Figures.RECEIPTS);
                figures.receipts().forEach(out::println);
            }
            case "household" -> {
                out.println(Figures.HOUSEHOLDS);
                figures.households().forEach(out::println);
            }
            default -> {
                out.println(Figures.MONTH);
                figures.month().forEach(out::println);
            }
        }
        out.flush();
    }
}
