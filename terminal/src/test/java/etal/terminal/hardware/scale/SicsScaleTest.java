package etal.terminal.hardware.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.terminal.hardware.line.DeviceLine;
import etal.testkit.Await;
import etal.testkit.TempDirectory;
import etal.virtualcard.pn532.Pty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A scale on a real serial line of Linux, a pseudo-terminal, at the far end of which an emulated one answers. */
@Timeout(60)
class SicsScaleTest {
    private static final SicsScale.Pace QUICK = new SicsScale.Pace(
            Duration.ofMillis(200), Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofSeconds(20));

    private final TempDirectory directory = TempDirectory.make();
    private final Path device = directory.path().resolve("ttyUSB1");
    private volatile String answer = "S S      0.352 kg\r\n";
    private @Nullable Thread thread;
    private volatile boolean unplugged;

    private void plug() throws IOException {
        Pty pty = Pty.open();
        Files.createSymbolicLink(device, pty.device());
        unplugged = false;
        thread = Thread.ofPlatform().daemon().name("emulated scale").start(() -> serve(pty));
    }

    private void unplug() throws Exception {
        Files.deleteIfExists(device);
        unplugged = true;
        if (thread != null) {
            thread.join();
        }
    }

    private void serve(Pty pty) {
        try {
            StringBuilder heard = new StringBuilder();
            while (!unplugged) {
                heard.append(new String(pty.read(20), StandardCharsets.US_ASCII));
                if (heard.toString().endsWith("SI\r\n")) {
                    heard.setLength(0);
                    pty.write(answer.getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException hungUp) {
            unplugged = true;
        }
        pty.close();
    }

    @AfterEach
    void put_away() throws Exception {
        unplug();
        directory.close();
    }

    private static void shows(SicsScale scale, OptionalLong grams) {
        Await.until("the scale's weight", Duration.ofSeconds(20), scale::grams, grams::equals);
    }

    // till                   scale
    //  | ------- SI -----------> |
    //  | <- S S      0.352 kg -- |
    @Test
    void goods_at_rest_are_offered_and_goods_that_move_are_not() throws Exception {
        plug();
        try (SicsScale scale = start()) {
            shows(scale, OptionalLong.of(352));
            answer = "S D      0.360 kg\r\n";
            shows(scale, OptionalLong.empty());
            answer = "S S      1.005 kg\r\n";
            shows(scale, OptionalLong.of(1_005));
            answer = "";
            shows(scale, OptionalLong.empty());
        }
    }

    @Test
    void a_scale_that_is_unplugged_offers_nothing_and_is_taken_up_again() throws Exception {
        try (SicsScale scale = start()) {
            assertEquals(OptionalLong.empty(), scale.grams());
            plug();
            shows(scale, OptionalLong.of(352));
            unplug();
            shows(scale, OptionalLong.empty());
            plug();
            shows(scale, OptionalLong.of(352));
        }
        assertTrue(Files.exists(device));
    }

    private SicsScale start() {
        return SicsScale.start(() -> DeviceLine.serial(device, 9_600, DeviceLine.Flow.NONE), QUICK);
    }
}
