package etal.fleet.bench.process;

import etal.fleet.world.process.JsonClient;
import etal.fleet.world.process.NodeProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts of a till that is off, from the finished build and with the options of its package, as on the real machine. For one
 * thread.
 *
 * @param top the project's folder
 * @param house the finished build
 * @param configuration the till's
 * @param log where it writes
 */
record FirstScreen(Path top, Path house, Path configuration, Path log) {
    private static final int CACHE_SECONDS = 300;

    /** From the start of the process until its page has been read, in nanoseconds. */
    long nanos(List<String> options) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (NodeProcess till = NodeProcess.start("till", command(options), log)) {
            byte[] page = new JsonClient().bytes(till.address() + "/");
            if (page.length == 0) {
                throw new IOException("the till's page is empty");
            }
            return System.nanoTime() - begin;
        }
    }

    /** Starts it once to keep what it has loaded in {@code cache} (JEP 483, JEP 514). */
    void rehearse(Path cache) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command(List.of("-XX:AOTCacheOutput=" + cache)));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Process till = builder.start();
        try (var said = till.inputReader()) {
            String line = said.readLine();
            if (line == null || !line.startsWith("ready ")) {
                throw new IOException("the till does not open; see " + log);
            }
            new JsonClient().bytes(line.substring(line.lastIndexOf(' ') + 1) + "/");
            till.destroy();
            if (!till.waitFor(CACHE_SECONDS, TimeUnit.SECONDS) || !Files.exists(cache)) {
                throw new IOException("no cache of loaded classes was written; see " + log);
            }
        } finally {
            till.destroyForcibly();
        }
    }

    private List<String> command(List<String> options) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + top.resolve("terminal/src/main/debian/java.options"));
        command.add("-Xlog:disable");
        command.addAll(options);
        command.add("-Dorg.sqlite.lib.path=" + house.resolve("native"));
        command.add("-cp");
        command.add(classPath());
        command.addAll(List.of("etal.terminal.main.Terminal", "run", "--config", configuration.toString()));
        command.add("--with-parent");
        return command;
    }

    /** In one order: a cache holds for the class path that it was made with. */
    private String classPath() throws IOException {
        try (Stream<Path> jars = Files.list(house.resolve("terminal"))) {
            return jars.map(Path::toString)
                    .filter(jar -> jar.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }
}
