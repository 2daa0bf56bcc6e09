package etal.fleet.cli.card;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code etal card}: what is done with virtual cards; {@code card personalise} is provisioning's. */
@Command(
        name = "card",
        description = "virtual cards on a reader",
        mixinStandardHelpOptions = true,
        subcommands = {LayCommand.class, PocketCommand.class})
public final class CardCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "a command is missing: lay, pocket or personalise");
    }
}
