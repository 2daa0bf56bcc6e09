package etal.fleet.cli.card;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.testkit.pcsc.Pcscd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code protocol/docs/card-by-hand.md}, in order, in one shell, against the real applet on the real pcscd. */
@Timeout(120)
class CardByHandTest {
    private static final Path PAGE = Path.of("../../protocol/docs/card-by-hand.md");

    @TempDir
    Path folder;

    @Test
    void the_pages_commands_read_verify_introduce_and_pay() throws Exception {
        for (String program : List.of("opensc-tool", "scriptor", "openssl", "basenc")) {
            Assumptions.assumeTrue(
                    Pcscd.installed(program),
                    program + " is not installed (Debian packages opensc, pcsc-tools, openssl, coreutils)");
        }
        try (DemoTable table = new DemoTable(folder, card -> card)) {
            DemoTable.Said said = table.run(table.fund, "sh", "-e", "-c", commands());
            assertEquals(0, said.code(), said.text());
            List<String> unchanging = said.lines().stream()
                    .map(line -> line.replaceAll("card [0-9a-f]{16}", "card ID"))
                    .toList();
            assertEquals(expected(), unchanging);
        }
    }

    private static List<String> expected() {
        int lastPeriod = (2026 - 2020) * 12 + 3 + 24;
        return List.of(
                "version 01, flags 00, key generation 01",
                String.format(Locale.ROOT, "fund 00000009, card ID, last period %04x", lastPeriod),
                "status 9000",
                "Verified OK",
                "6a88",
                "the card has the same key",
                "the card said so",
                "record 1: allocation 20000, bonus 0, earnable 2500",
                "Verified OK",
                "counter 2, allocation 19550, status 9000",
                "Verified OK",
                "charged once",
                "69c1");
    }

    private static String commands() throws Exception {
        var commands = new ArrayList<String>();
        boolean inside = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("```")) {
                inside = line.equals("```sh");
            } else if (inside) {
                commands.add(line);
            }
        }
        return String.join("\n", commands) + "\n";
    }
}
