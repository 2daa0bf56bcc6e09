package etal.fleet.cli;

import etal.fleet.world.sim.Enumeration;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code etal sim}: the simulated world. */
@Command(
        name = "sim",
        description = "every crash and tear point of one payment, in the simulated world",
        mixinStandardHelpOptions = true)
final class SimCommand implements Callable<Integer> {
    @Option(
            names = "--enumerate",
            description = "each moment at which something may go wrong, and each pair of moments")
    private boolean enumerate;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!enumerate) {
            throw new CommandLine.ParameterException(spec.commandLine(), "sim: only --enumerate is there so far");
        }
        Enumeration.Outcome outcome = Enumeration.run(System.err::println);
        outcome.violations().forEach(System.out::println);
        System.out.println(outcome.line());
        return outcome.violations().isEmpty() ? 0 : Etal.DIFFERENCE;
    }
}
