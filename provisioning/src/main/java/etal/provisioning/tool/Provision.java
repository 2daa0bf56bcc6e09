package etal.provisioning.tool;

import etal.edge.config.ConfigFault;
import etal.edge.config.Logging;
import etal.port.PeerUnreachable;
import etal.port.ReaderBroken;
import etal.port.StorageFailed;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The commands of provisioning. Exit codes: 0 done, 2 bad usage or input with nothing changed, 3 the environment lacks
 * something. Results on standard output, everything else on standard error.
 */
@Command(
        name = "provision",
        description = "Makes the authorities, hands out claim tickets, serves the registrar, personalises cards.",
        mixinStandardHelpOptions = true,
        subcommands = {
            InitCommand.class,
            ServeCommand.class,
            TerminalCommands.TicketCommand.class,
            TerminalCommands.SwapCommand.class,
            TerminalCommands.RetireCommand.class,
            CertifyCommand.class,
            KeyUpdateCommand.class,
            Provision.Cards.class
        })
public final class Provision {
    private static final int BAD_INPUT = 2;
    private static final int LACKING = 3;

    private Provision() {}

    /** Runs one command. */
    public static void main(String[] args) {
        Logging.toStandardError();
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Provision()).setExecutionExceptionHandler((problem, line, parsed) -> {
            PrintWriter error = line.getErr();
            return switch (problem) {
                case BadInput e -> say(error, e, BAD_INPUT);
                case ConfigFault e -> say(error, e, BAD_INPUT);
                case StorageFailed e -> say(error, e, LACKING);
                case PeerUnreachable e -> say(error, e, LACKING);
                case ReaderBroken e -> say(error, e, LACKING);
                default -> throw problem;
            };
        });
    }

    private static int say(PrintWriter error, Exception problem, int code) {
        error.println(problem.getMessage());
        error.flush();
        return code;
    }

    /** {@code card}: the commands about cards. */
    @Command(
            name = "card",
            description = "Cards.",
            mixinStandardHelpOptions = true,
            subcommands = PersonaliseCommand.class)
    static final class Cards {}
}
