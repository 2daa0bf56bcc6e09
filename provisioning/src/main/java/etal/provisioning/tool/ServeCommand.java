package etal.provisioning.tool;

import etal.edge.config.ParentWatch;
import etal.provisioning.ca.Authority;
import etal.provisioning.registrar.Registrar;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: the registrar, until it is ended. */
@Command(name = "serve", description = "Serves the registrar.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "F", description = "registrar.yaml")
    private Path config = Path.of("");

    @Option(names = ParentWatch.OPTION, description = "end when standard input ends")
    private boolean withParent;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RegistrarConfig read = RegistrarConfig.read(config);
        if (!Authority.isWhole(read.authority())) {
            throw new BadInput("absent", read.authority());
        }
        var ended = new CountDownLatch(1);
        if (withParent) {
            ParentWatch.watch(System.in, ended::countDown);
        }
        try (Registrar registrar = Registrar.start(read.listen(), read.open(), read.office(), read.clock())) {
            Commands.result(Commands.of(spec), "ready registrar " + registrar.uri());
            ended.await();
        }
        return 0;
    }
}
