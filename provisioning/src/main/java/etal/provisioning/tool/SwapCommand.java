package etal.provisioning.tool;

import etal.edge.keys.Pem;
import etal.edge.keys.PrivateFile;
import etal.protocol.ledger.LedgerId;
import etal.provisioning.ca.Authority;
import etal.provisioning.ca.TerminalRegister;
import etal.provisioning.ticket.Ticket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code swap}: another machine goes on for a terminal, as its next epoch. A ticket for that, the old epoch's certificates for
 * reading its second medium, and a note in the journal. Asked again before the new machine has enrolled, it replaces the ticket.
 */
@Command(
        name = "swap",
        description = "Hands out a ticket for a terminal's next epoch.",
        mixinStandardHelpOptions = true)
final class SwapCommand implements Callable<Integer> {
    private static final int HOURS_MAX = 720;
    private static final long UINT32_MAX = 0xffff_ffffL;

    @Option(names = "--config", required = true, paramLabel = "F", description = "registrar.yaml")
    private Path config = Path.of("");

    @Option(names = "--terminal", required = true, paramLabel = "N", description = "the terminal's number")
    private long terminal;

    @Option(names = "--registrar", required = true, paramLabel = "URI", description = "coaps://HOST:PORT")
    private String registrar = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "F",
            description = "where to write the old epoch's certificates")
    private Path out = Path.of("");

    @Option(names = "--hours", defaultValue = "24", paramLabel = "N", description = "how long the ticket holds")
    private int hours;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RegistrarConfig read = RegistrarConfig.read(config);
        TicketCommand.insistOnRegistrar(registrar);
        if (hours < 1 || hours > HOURS_MAX) {
            throw new BadInput("hours", hours);
        }
        if (!Authority.isWhole(read.authority())) {
            throw new BadInput("absent", read.authority());
        }
        TerminalRegister register = TerminalRegister.open(read.authority());
        OptionalLong epoch = register.lastEpoch(terminal);
        if (epoch.isEmpty() || epoch.getAsLong() >= UINT32_MAX) {
            throw new BadInput("never-certified", terminal);
        }
        LedgerId old = new LedgerId(terminal, epoch.getAsLong());
        LedgerId next = new LedgerId(terminal, epoch.getAsLong() + 1);
        List<byte[]> chain = register.chain(old).orElseThrow(() -> new BadInput("never-certified", terminal));
        PrivateFile.write(out, Pem.certificates(chain).getBytes(StandardCharsets.US_ASCII));
        register.supersede(old);
        Ticket ticket = read.office().issue(read.fund(), next, registrar, Duration.ofHours(hours));
        CommandSpec command = Commands.of(spec);
        Commands.result(command, ticket.claim().text());
        Commands.progress(command, Words.say("ticket-secret", ticket.expiresAt()));
        Commands.progress(command, Words.say("swap-next", old, next, out));
        Commands.result(command, "done " + next);
        return 0;
    }
}
