package etal.fleet.cli.card;

import etal.fleet.cli.Etal;
import etal.virtualcard.CardPocket;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code etal card pocket}: the names of the cards in a pocket, one a line, in the order in which they were made. */
@Command(name = "pocket", description = "lists the virtual cards of a pocket", mixinStandardHelpOptions = true)
final class PocketCommand implements Callable<Integer> {
    @Option(names = "--pocket", required = true, paramLabel = "F", description = "the file that keeps the cards")
    private Path pocket = Path.of("");

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        CommandLine line = spec.commandLine();
        if (!Files.exists(pocket)) {
            line.getErr().println(Words.say("no-pocket", pocket));
            return Etal.BAD_INPUT;
        }
        try (CardPocket opened = CardPocket.open(pocket)) {
            PrintWriter out = line.getOut();
            opened.names().forEach(name -> out.print(name + "\n"));
            out.flush();
        }
        return 0;
    }
}
