package etal.protocol.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The same inputs give the same bytes: today and tomorrow, here and in another virtual machine. */
class GoldenPlansTest {
    /** A change of it is a change of what past sales cost: only for a rule that is meant to change. */
    private static final String PINNED = "0f29a463e464b80c52e03e0ecb010706254ea1c74cb86b0c87efc8ee5ce902a1";

    @Test
    void the_plans_of_one_seed_are_those_that_were_pinned() throws Exception {
        assertEquals(PINNED, GoldenPlans.hash());
    }

    @Test
    void another_virtual_machine_of_another_land_and_hour_gives_the_same_bytes() throws Exception {
        List<String> command = List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xint",
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Duser.timezone=Pacific/Kiritimati",
                "-Dfile.encoding=ISO-8859-9",
                "-cp",
                System.getProperty("java.class.path"),
                GoldenPlans.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it does not end");
            assertEquals(PINNED, said.strip());
        } finally {
            process.destroyForcibly();
        }
    }
}
