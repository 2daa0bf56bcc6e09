package etal.provisioning.tool;

import etal.edge.keys.PrivateFile;
import etal.provisioning.ca.Authority;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code init}: makes the authorities of a fund, or completes what was cut short. */
@Command(name = "init", description = "Makes the fund's authorities.", mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "F", description = "registrar.yaml")
    private Path config = Path.of("");

    @Option(names = "--trust", paramLabel = "F", description = "where to write the trust file")
    private @Nullable Path trust;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RegistrarConfig read = RegistrarConfig.read(config);
        if (Authority.isWhole(read.authority())) {
            throw new BadInput("exists", read.authority());
        }
        Authority authority = Authority.init(read.authority(), read.fund(), read.clock(), read.entropy());
        if (trust != null) {
            PrivateFile.write(trust, authority.trustPem().getBytes(StandardCharsets.US_ASCII));
        }
        CommandSpec command = Commands.of(spec);
        Commands.progress(command, Words.say("root-offline", read.authority().resolve("root")));
        Commands.result(command, "done fund " + read.fund());
        return 0;
    }
}
