package etal.fleet.bench.process;

import etal.fleet.world.process.JsonClient;
import etal.fleet.world.process.NodeProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A till as its package starts it: by the package's own launcher, with the package's options, from the finished build. For one
 * thread.
 *
 * @param top the project's folder
 * @param house the finished build
 * @param configuration the till's
 * @param log where it writes
 */
record PackagedTill(Path top, Path house, Path configuration, Path log) {
    private static final int CACHE_SECONDS = 300;

    /** From the start of the process until its page has been read, in nanoseconds; the till is off before and after. */
    long firstScreenNanos(Path cache) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (NodeProcess till = NodeProcess.start("till", command(cache), log)) {
            byte[] page = new JsonClient().bytes(till.address() + "/");
            if (page.length == 0) {
                throw new IOException("the till's page is empty");
            }
            return System.nanoTime() - begin;
        }
    }

    /** Opens it once to keep what it has loaded in {@code cache} (JEP 483, JEP 514). */
    void rehearse(Path cache) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(launcher("ETAL_CACHE_OUTPUT=" + cache));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Process till = builder.start();
        try (var said = till.inputReader(StandardCharsets.UTF_8)) {
            String line = said.readLine();
            if (line == null || !line.startsWith("ready ")) {
                throw new IOException("the till does not open; see " + log);
            }
            byte[] page = new JsonClient().bytes(line.substring(line.lastIndexOf(' ') + 1) + "/");
            till.destroy();
            if (page.length == 0 || !till.waitFor(CACHE_SECONDS, TimeUnit.SECONDS) || !Files.exists(cache)) {
                throw new IOException("no cache of loaded classes was written; see " + log);
            }
        } finally {
            till.destroyForcibly();
        }
    }

    /** The command that runs it until its standard input ends; a cache that is not there is none. */
    List<String> command(Path cache) {
        List<String> command = launcher("ETAL_CACHE=" + cache);
        command.add("--with-parent");
        return command;
    }

    private List<String> launcher(String cache) {
        Path debian = top.resolve("terminal/src/main/debian");
        return new ArrayList<>(List.of(
                "/usr/bin/env",
                "ETAL_HOME=" + house,
                "ETAL_OPTIONS=" + debian.resolve("java.options"),
                "ETAL_JAVA=" + Path.of(System.getProperty("java.home"), "bin", "java"),
                cache,
                // As its unit has it speak; nobody listens here.
                "NOTIFY_SOCKET=@etal-bench",
                "WATCHDOG_USEC=60000000",
                "/bin/sh",
                debian.resolve("etal-terminal").toString(),
                "run",
                "--config",
                configuration.toString()));
    }
}
