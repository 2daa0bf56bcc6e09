package etal.fleet.cli.card;

import etal.edge.config.SystemClock;
import etal.edge.config.SystemEntropy;
import etal.fleet.cli.Ending;
import etal.fleet.cli.Etal;
import etal.port.StorageFailed;
import etal.virtualcard.CardPocket;
import etal.virtualcard.PocketCard;
import etal.virtualcard.PresentedCard;
import etal.virtualcard.Tear;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code etal card lay}: lays a virtual card on a reader until Ctrl-C. Prints {@code ready card NAME at HOST:PORT} once it
 * lies there. Ends with 0 when it is taken away or torn as asked, with 3 when there is no reader or the reader lets go.
 */
@Command(
        name = "lay",
        description = "lays a virtual card on a reader: pcscd's virtual one, or a till's TCP reader",
        mixinStandardHelpOptions = true)
final class LayCommand implements Callable<Integer> {
    private static final int SEED_BYTES = 32;
    private static final int PORT_MAX = 65_535;
    private static final Duration WITHDRAWN_WITHIN = Duration.ofSeconds(5);
    private static final Duration A_WHILE = Duration.ofHours(1);
    private static final Pattern TEAR = Pattern.compile("([0-9A-Fa-f]{2}):(before|answer|[1-9][0-9]{0,2})");

    @Option(names = "--pocket", paramLabel = "F", description = "the file that keeps the cards; made when new")
    private @Nullable Path pocket;

    @Option(names = "--card", paramLabel = "NAME", description = "the card's name there; a blank one is made when new")
    private @Nullable String card;

    @Option(
            names = "--demo",
            paramLabel = "DIR",
            description = "instead of both: a fund of its own with a card that is ready to pay; made when new")
    private @Nullable Path demo;

    @Option(
            names = "--on",
            defaultValue = "127.0.0.1:35963",
            paramLabel = "HOST:PORT",
            description = "the reader (default: 127.0.0.1:35963, pcscd's)")
    private String on = "";

    @Option(
            names = "--tear",
            paramLabel = "INS:WHEN",
            description =
                    "pulls it out at the next command of that instruction: 14:before it is executed, 14:answer after, "
                            + "or 14:3 at its third write")
    private @Nullable String tear;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() throws IOException, StorageFailed {
        if ((demo == null) == (pocket == null) || (pocket == null) != (card == null)) {
            return refused("which-card");
        }
        Optional<InetSocketAddress> reader = address();
        if (reader.isEmpty()) {
            return refused("not-an-address", on);
        }
        Optional<Tear> when = tear();
        if (when.isEmpty()) {
            return refused("not-a-tear", String.valueOf(tear));
        }
        if (demo != null) {
            Optional<DemoFund> fund = DemoFund.at(demo, new SystemClock(), new SystemEntropy());
            if (fund.isEmpty()) {
                return refused("not-a-demo", demo);
            }
            say(fund.get().contents());
        }
        return lay(reader.get(), when.get());
    }

    private int lay(InetSocketAddress reader, Tear when) throws IOException {
        Path file = demo == null ? Path.of(String.valueOf(pocket)) : demo.resolve(DemoFund.POCKET);
        String name = demo == null ? String.valueOf(card) : DemoFund.CARD;
        try (CardPocket opened = CardPocket.open(file)) {
            return lay(card(opened, name), reader, when);
        } catch (IllegalArgumentException badName) {
            say(String.valueOf(badName.getMessage()));
            return Etal.BAD_INPUT;
        }
    }

    private int lay(PocketCard ready, InetSocketAddress reader, Tear when) throws IOException {
        PresentedCard.End end;
        try (Ending ending = new Ending();
                PresentedCard presented = ready.present(reader, when)) {
            PrintWriter out = spec.commandLine().getOut();
            out.print("ready card " + ready.name() + " at " + on + "\n");
            out.flush();
            end = untilTheEnd(presented);
        } catch (ConnectException nobody) {
            say(Words.say("no-reader", on));
            return Etal.ENVIRONMENT;
        }
        return switch (end) {
            case WITHDRAWN -> 0;
            case TORN -> {
                say(Words.say("torn"));
                yield 0;
            }
            case RELEASED, FAILED -> {
                say(Words.say("released"));
                yield Etal.ENVIRONMENT;
            }
        };
    }

    private static PresentedCard.End untilTheEnd(PresentedCard presented) throws IOException {
        try {
            Optional<PresentedCard.End> end = presented.await(A_WHILE);
            while (end.isEmpty()) {
                end = presented.await(A_WHILE);
            }
            return end.get();
        } catch (InterruptedException signal) {
            return withdrawn(presented);
        }
    }

    /** What it executes it finishes, and its pocket is written, before the process ends. */
    private static PresentedCard.End withdrawn(PresentedCard presented) throws IOException {
        presented.withdraw();
        try {
            return presented.await(WITHDRAWN_WITHIN).orElse(PresentedCard.End.FAILED);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
            return PresentedCard.End.FAILED;
        }
    }

    private static PocketCard card(CardPocket pocket, String name) throws IOException {
        Optional<PocketCard> known = pocket.card(name);
        return known.isPresent() ? known.get() : pocket.make(name, new SystemEntropy().bytes(SEED_BYTES));
    }

    private Optional<InetSocketAddress> address() {
        int colon = on.lastIndexOf(':');
        String port = on.substring(colon + 1);
        boolean fits = colon > 0 && port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= PORT_MAX;
        return fits
                ? Optional.of(new InetSocketAddress(on.substring(0, colon), Integer.parseInt(port)))
                : Optional.empty();
    }

    private Optional<Tear> tear() {
        if (tear == null) {
            return Optional.of(new Tear.Never());
        }
        Matcher asked = TEAR.matcher(tear);
        if (!asked.matches()) {
            return Optional.empty();
        }
        int instruction = Integer.parseInt(asked.group(1), 16);
        return Optional.of(
                switch (asked.group(2)) {
                    case "before" -> new Tear.BeforeCommand(instruction);
                    case "answer" -> new Tear.BeforeAnswer(instruction);
                    default -> new Tear.AtWrite(instruction, Integer.parseInt(asked.group(2)));
                });
    }

    private int refused(String key, Object... arguments) {
        say(Words.say(key, arguments));
        return Etal.BAD_INPUT;
    }

    private void say(String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.print(sentence + "\n");
        err.flush();
    }
}
