package etal.fleet.world.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One program of the house, as a command line: each runs from its own module's class path, so that no terminal carries a
 * simulator and no hub a terminal.
 *
 * @param module the module's folder below the project, such as {@code terminal}
 * @param mainClass its main class
 * @param heapMegabytes the most heap it may take
 */
public record Program(String module, String mainClass, int heapMegabytes) {
    /** The till. */
    public static final Program TERMINAL = new Program("terminal", "etal.terminal.main.Terminal", 64);
    /** Hub and broker. */
    public static final Program HUB = new Program("hub", "etal.hub.main.Hub", 256);
    /** The registrar. */
    public static final Program PROVISION = new Program("provisioning", "etal.provisioning.tool.Provision", 64);

    /** The command line with {@code arguments}; {@code top} is the project's folder, {@code temporary} the process's own. */
    public List<String> command(Path top, Path temporary, List<String> arguments) {
        String house = System.getenv("ETAL_HOUSE");
        // Ctrl-C and a closed terminal reach every process of it at once; ours end in order, when we tell them to.
        var command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (house != null) {
            command.addAll(ClassArchive.options(Path.of(house), name() + "-" + arguments.getFirst()));
            command.add("-Dorg.sqlite.lib.path=" + Path.of(house).resolve("native"));
        }
        command.addAll(machine(top));
        command.addAll(List.of("-Djava.io.tmpdir=" + temporary, "-cp", classPath(top, house), mainClass));
        command.addAll(arguments);
        return command;
    }

    /** How the virtual machine is set: a till's as its package sets it on the real machine. */
    private List<String> machine(Path top) {
        Path options = top.resolve(module).resolve("src/main/debian/java.options");
        if (Files.exists(options)) {
            return List.of("@" + options);
        }
        return List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseCompactObjectHeaders",
                "-XX:-UsePerfData",
                "-Xss512k",
                "-Xmx" + heapMegabytes + "m");
    }

    /** The last part of the module's name, by which a finished build knows it. */
    private String name() {
        return module.substring(module.lastIndexOf('/') + 1);
    }

    /** The libraries of the finished build in {@code house}, which no later build touches; without one, Maven's folders. */
    private String classPath(Path top, @Nullable String house) {
        if (house != null) {
            return Path.of(house).resolve(name()) + "/*";
        }
        Path target = top.resolve(module).resolve("target");
        return target.resolve("classes") + ":" + target.resolve("lib") + "/*";
    }
}
