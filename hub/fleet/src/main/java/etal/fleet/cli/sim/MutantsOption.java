package etal.fleet.cli.sim;

import etal.fleet.mutant.MutantRun;
import java.io.IOException;
import picocli.CommandLine.Option;

/** {@code etal sim --mutants}: whether the simulation finds faults that are woven into the programs. */
final class MutantsOption {
    @Option(
            names = "--mutants",
            description = "faults woven into the programs, one after the other: the simulation must catch each")
    private boolean asked;

    @Option(
            names = "--mutant",
            paramLabel = "NAME",
            defaultValue = "",
            description = "with --mutants: only those whose name begins so")
    private String only = "";

    /** Whether it was asked for. */
    boolean asked() {
        return asked;
    }

    /** Looks for them; the exit code. All of them together are kept for the report. */
    int play() throws InterruptedException, IOException {
        MutantRun.Outcome outcome = new MutantRun(only, System.err).play();
        outcome.lines().forEach(System.out::println);
        System.out.println(outcome.sum());
        if (only.isEmpty()) {
            Records.here().keep("mutants", "./etal sim --mutants", outcome.figures());
        }
        return outcome.allCaught() ? 0 : 1;
    }
}
