package etal.fleet.cli;

import etal.fleet.rehearsal.RehearsalStall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code etal rehearsal-stall DIR}: for {@code etal package}, which puts the stall into the till's package. */
@Command(name = "rehearsal-stall", hidden = true, description = "the files of a stall of no fund")
final class RehearsalCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR")
    private Path directory = Path.of("rehearsal");

    @Override
    public Integer call() throws IOException {
        RehearsalStall.make(directory);
        return 0;
    }
}
