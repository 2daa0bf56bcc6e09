package etal.provisioning.tool;

import etal.protocol.ledger.LedgerId;
import etal.provisioning.ticket.Ticket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ticket}: hands out a claim ticket; its text is the first line of the result. */
@Command(name = "ticket", description = "Hands out a claim ticket.", mixinStandardHelpOptions = true)
final class TicketCommand implements Callable<Integer> {
    private static final int HOURS_MAX = 720;

    @Option(names = "--config", required = true, paramLabel = "F", description = "registrar.yaml")
    private Path config = Path.of("");

    @Option(names = "--terminal", required = true, paramLabel = "N", description = "the terminal's number")
    private long terminal;

    @Option(names = "--epoch", defaultValue = "1", paramLabel = "N", description = "its epoch, 1 unless it is rebuilt")
    private long epoch;

    @Option(names = "--registrar", required = true, paramLabel = "URI", description = "coaps://HOST:PORT")
    private String registrar = "";

    @Option(names = "--hours", defaultValue = "24", paramLabel = "N", description = "how long it holds")
    private int hours;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RegistrarConfig read = RegistrarConfig.read(config);
        LedgerId ledger = ledger();
        insistOnRegistrar(registrar);
        if (hours < 1 || hours > HOURS_MAX) {
            throw new BadInput("hours", hours);
        }
        Ticket ticket = read.office().issue(read.fund(), ledger, registrar, Duration.ofHours(hours));
        CommandSpec command = Commands.of(spec);
        Commands.result(command, ticket.claim().text());
        Commands.progress(command, Words.say("ticket-secret", ticket.expiresAt()));
        Commands.result(command, "done " + ledger);
        return 0;
    }

    private LedgerId ledger() throws BadInput {
        try {
            return new LedgerId(terminal, epoch);
        } catch (IllegalArgumentException e) {
            throw new BadInput("not-a-ledger");
        }
    }

    /** A registrar is named by host and port, and nothing after it. */
    static void insistOnRegistrar(String registrar) throws BadInput {
        try {
            URI uri = new URI(registrar);
            if (!"coaps".equals(uri.getScheme())
                    || uri.getHost() == null
                    || uri.getPort() < 1
                    || !uri.getPath().isEmpty()) {
                throw new BadInput("not-a-registrar", registrar);
            }
        } catch (URISyntaxException e) {
            throw new BadInput("not-a-registrar", registrar);
        }
    }
}
