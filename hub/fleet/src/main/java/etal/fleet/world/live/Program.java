package etal.fleet.world.live;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

    /** The command line with {@code arguments}; {@code top} is the project's folder. */
    public List<String> command(Path top, List<String> arguments) {
        Path target = top.resolve(module).resolve("target");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseCompactObjectHeaders",
                "-Xss512k",
                "-Xmx" + heapMegabytes + "m",
                "-cp",
                target.resolve("classes") + ":" + target.resolve("lib") + "/*",
                mainClass));
        command.addAll(arguments);
        return command;
    }
}
