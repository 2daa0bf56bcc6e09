package etal.fleet.cli.scheme;

import etal.edge.speech.RulesSpoken;
import etal.edge.speech.Speech;
import etal.fleet.cli.Etal;
import etal.fleet.tryout.HubSales;
import etal.fleet.tryout.Replayed;
import etal.fleet.tryout.Trial;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.scheme.Scheme;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code etal scheme preview}: what a new version changes for whom, in sentences and on a month's sales. */
@Command(
        name = "preview",
        description = "what a new version of a scheme changes, and who would have paid what on last month's sales",
        mixinStandardHelpOptions = true)
final class SchemePreview implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Parameters(index = "0", paramLabel = "OLD", description = "the scheme file that holds")
    private Path oldFile = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "the next version")
    private Path newFile = Path.of("");

    @Option(names = "--baskets", paramLabel = "F", description = "receipts, as for try")
    private @Nullable Path baskets;

    @Option(names = "--catalogue", paramLabel = "F", description = "the product list; otherwise the one beside")
    private @Nullable Path catalogue;

    @Option(names = "--members", paramLabel = "F", description = "who takes part, as for try")
    private @Nullable Path members;

    @Option(names = "--hub", paramLabel = "F", description = "a hub's store: its real sales; it is only looked at")
    private @Nullable Path hub;

    @Option(names = "--month", paramLabel = "YYYY-MM", description = "otherwise the last whole month of the hub")
    private @Nullable YearMonth month;

    @Option(names = "--lang", paramLabel = "L", description = "fr (usual) or en")
    private String language = "fr";

    @Override
    public Integer call() throws IOException {
        Words.check(language, spec.commandLine());
        Locale locale = Locale.of(language);
        PrintWriter err = spec.commandLine().getErr();
        Inputs inputs = new Inputs(err, locale);
        Optional<Scheme> before = inputs.scheme(oldFile);
        Optional<Scheme> after = inputs.scheme(newFile);
        if (before.isEmpty() || after.isEmpty()) {
            return Etal.BAD_INPUT;
        }
        Speech speech =
                Speech.of("etal.fleet.cli.scheme.trial", locale, before.get().unit());
        Optional<Said> refusal = refusal(before.get(), after.get());
        if (refusal.isPresent()) {
            err.println(speech.speak(refusal.get()));
            return Etal.BAD_INPUT;
        }
        Optional<Replayed> replayed = replayed(inputs, before.get(), after.get(), speech);
        if (replayed.isEmpty()) {
            return Etal.BAD_INPUT;
        }
        PrintWriter out = spec.commandLine().getOut();
        new RulesSpoken(before.get(), locale).changes(after.get()).forEach(out::println);
        print(replayed.get(), before.get(), speech, out);
        return 0;
    }

    /** Why the second is no next version of the first. */
    private static Optional<Said> refusal(Scheme before, Scheme after) {
        if (!before.id().equals(after.id()) || before.fund() != after.fund()) {
            return Optional.of(Said.of(
                    "preview.other-fund",
                    before.id(),
                    String.valueOf(before.fund()),
                    after.id(),
                    String.valueOf(after.fund())));
        }
        if (after.version() <= before.version()) {
            return Optional.of(Said.of("preview.version", before.version(), after.version()));
        }
        if (!after.holdsFrom().isAfter(before.holdsFrom())) {
            return Optional.of(Said.of("preview.date", before.holdsFrom(), after.holdsFrom()));
        }
        return before.unit().equals(after.unit()) && before.parity().equals(after.parity())
                ? Optional.empty()
                : Optional.of(Said.of("preview.unit"));
    }

    private Optional<Replayed> replayed(Inputs inputs, Scheme before, Scheme after, Speech speech) throws IOException {
        PrintWriter err = inputs.faults();
        if (hub != null) {
            return ofHub(hub, before, after, speech, err);
        }
        if (baskets == null) {
            err.println(speech.word("preview.source"));
            return Optional.empty();
        }
        YearMonth tried = Words.firstMonth(month, after);
        return TrialInput.read(inputs, before, baskets, catalogue, members)
                .map(input -> Replayed.ofTrials(
                        tried,
                        Trial.of(before, tried, input.buyers(), input.purchases()),
                        Trial.of(after, tried, input.buyers(), input.purchases())));
    }

    private Optional<Replayed> ofHub(Path file, Scheme before, Scheme after, Speech speech, PrintWriter err) {
        if (!Files.isRegularFile(file)) {
            err.println(speech.say("preview.hub", file.toString()));
            return Optional.empty();
        }
        try {
            Optional<HubSales.Month> sales = HubSales.read(file, before.zone(), Optional.ofNullable(month));
            if (sales.isEmpty()) {
                err.println(speech.word("preview.no-sales"));
            } else {
                err.println(speech.word("preview.known"));
            }
            return sales.map(read -> Replayed.ofCards(before, after, read.month(), read.cards()));
        } catch (StorageFailed notOurs) {
            err.println(speech.say("preview.hub", file.toString()) + " (" + notOurs.getMessage() + ")");
            return Optional.empty();
        }
    }

    private static void print(Replayed replayed, Scheme scheme, Speech speech, PrintWriter out) {
        List<Replayed.OfHousehold> all = replayed.households();
        out.println(speech.say("preview.sales", replayed.month(), replayed.sales(), all.size()));
        out.println(speech.say(
                "preview.total",
                sum(all, one -> one.before().cardCents()),
                sum(all, one -> one.after().cardCents()),
                sum(all, one -> one.before().ownCents()),
                sum(all, one -> one.after().ownCents())));
        out.println(
                speech.say("preview.allocations", replayed.allocationBeforeCents(), replayed.allocationAfterCents()));
        out.println(speech.say(
                "preview.producers",
                sum(all, one -> one.before().producerCents()),
                sum(all, one -> one.after().producerCents())));
        out.println(speech.say(
                "preview.counts",
                all.stream().filter(one -> one.differenceCents() < 0).count(),
                all.stream().filter(one -> one.differenceCents() > 0).count(),
                all.stream().filter(one -> one.differenceCents() == 0).count()));
        out.println();
        out.println("household,card_before,card_after,own_before,own_after,difference");
        for (Replayed.OfHousehold one : all) {
            out.println(String.join(
                    ",",
                    one.number(),
                    amount(one.before().cardCents(), scheme),
                    amount(one.after().cardCents(), scheme),
                    amount(one.before().ownCents(), scheme),
                    amount(one.after().ownCents(), scheme),
                    amount(one.differenceCents(), scheme)));
        }
        out.flush();
    }

    private static long sum(List<Replayed.OfHousehold> all, ToLongFunction<Replayed.OfHousehold> of) {
        return all.stream().mapToLong(of).sum();
    }

    private static String amount(long cents, Scheme scheme) {
        return BigDecimal.valueOf(cents, scheme.unit().decimals()).toPlainString();
    }
}
