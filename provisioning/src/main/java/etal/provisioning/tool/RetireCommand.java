package etal.provisioning.tool;

import etal.port.PeerUnreachable;
import etal.protocol.ledger.LedgerId;
import etal.provisioning.ca.Authority;
import etal.provisioning.ca.TerminalRegister;
import java.net.URI;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code retire}: a terminal goes out of service. Its till, asked on its own screen's address, writes the end into its ledger and
 * sends it up; once the fund has all of it, the journal notes the end. Of a till that is gone the journal notes that alone.
 */
@Command(name = "retire", description = "Takes a terminal out of service.", mixinStandardHelpOptions = true)
final class RetireCommand implements Callable<Integer> {
    private static final int LACKING = 3;

    @Option(names = "--config", required = true, paramLabel = "F", description = "registrar.yaml")
    private Path config = Path.of("");

    @Option(names = "--terminal", required = true, paramLabel = "N", description = "the terminal's number")
    private long terminal;

    @Option(names = "--stall", paramLabel = "URI", description = "the till's own screen, http://127.0.0.1:PORT")
    private @Nullable URI stall;

    @Option(names = "--gone", description = "the machine is burnt, stolen or lost")
    private boolean gone;

    @Option(names = "--swapped", description = "another machine goes on for it")
    private boolean swapped;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RegistrarConfig read = RegistrarConfig.read(config);
        if (!Authority.isWhole(read.authority())) {
            throw new BadInput("absent", read.authority());
        }
        URI screen = stall;
        if ((screen == null) != gone) {
            throw new BadInput("stall-or-gone");
        }
        TerminalRegister register = TerminalRegister.open(read.authority());
        OptionalLong epoch = register.lastEpoch(terminal);
        if (epoch.isEmpty()) {
            throw new BadInput("never-certified", terminal);
        }
        CommandSpec command = Commands.of(spec);
        return screen == null
                ? withoutIt(command, register, new LedgerId(terminal, epoch.getAsLong()))
                : atTheStall(command, register, StallScreen.at(screen));
    }

    private static int withoutIt(CommandSpec command, TerminalRegister register, LedgerId ledger) throws Exception {
        register.retire(ledger, 0);
        Commands.progress(command, Words.say("retired-gone", ledger));
        Commands.result(command, "done " + ledger);
        return 0;
    }

    private int atTheStall(CommandSpec command, TerminalRegister register, StallScreen screen)
            throws BadInput, PeerUnreachable, Exception {
        StallScreen.End end = screen.retire(swapped);
        if (end.ledger().terminal() != terminal || register.chain(end.ledger()).isEmpty()) {
            throw new BadInput("other-stall", end.ledger());
        }
        if (end.unacknowledged() > 0) {
            Commands.progress(command, Words.say("retired-not-up", end.ledger(), end.entry(), end.unacknowledged()));
            return LACKING;
        }
        register.retire(end.ledger(), end.entry());
        Commands.progress(command, Words.say("retired", end.ledger(), end.entry()));
        Commands.result(command, "done " + end.ledger());
        return 0;
    }
}
