package etal.hub.main;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** The operator at the keyboard, in French: one hub's configuration, and what the last command said. For one thread. */
final class HubCommands {
    private final Path config;
    private String said = "";

    HubCommands(Path config) {
        this.config = config;
    }

    /** The hub's process, as {@code hub run} starts it. */
    HubProcess.Running start() throws Exception {
        return HubProcess.start(HubFile.read(config), crash -> {
            throw new AssertionError(crash);
        });
    }

    /** A command; its exit code. */
    int run(String... args) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--config";
        all[args.length + 1] = config.toString();
        int code = Hub.run(Sentences.in("fr"), out, out, all);
        said = bytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    /** What the last command said, on both streams. */
    String said() {
        return said;
    }
}
