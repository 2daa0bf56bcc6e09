package etal.edge.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/**
 * What a process writes of itself: our own words from INFO on, others' from WARNING on, one line each, on standard error. The
 * MQTT library is silent: what it calls severe is a link that was cut, and our own link says so. So is Pi4J: to it a machine
 * that is no Raspberry Pi is severe, and a pin that fails our own signal reports.
 */
public final class Logging {
    private static final String SETTINGS = """
            handlers=java.util.logging.ConsoleHandler
            java.util.logging.ConsoleHandler.level=ALL
            java.util.logging.ConsoleHandler.encoding=UTF-8
            java.util.logging.ConsoleHandler.formatter=java.util.logging.SimpleFormatter
            java.util.logging.SimpleFormatter.format=%4$s %3$s: %5$s%6$s%n
            .level=WARNING
            etal.level=INFO
            org.eclipse.paho.level=OFF
            com.pi4j.level=OFF
            """;

    private Logging() {}

    /** Sets it, in place of what was set; called once, first thing in a main. */
    public static void toStandardError() {
        try (InputStream settings = new ByteArrayInputStream(SETTINGS.getBytes(StandardCharsets.UTF_8))) {
            LogManager.getLogManager().readConfiguration(settings);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory can always be read", e);
        }
    }
}
