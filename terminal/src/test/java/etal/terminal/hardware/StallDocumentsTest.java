package etal.terminal.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The documents people read are what the build file says. */
class StallDocumentsTest {
    private static final String REFRESH =
            "refresh it: mvn -q -pl terminal -am test -Dtest=StallDocumentsTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Detal.refresh=true";
    private static final Path DOCUMENTS = Path.of("../hardware-docs");

    @Test
    void the_bill_of_materials_is_that_of_the_build() throws Exception {
        check("BOM.md", StallDocuments.billOfMaterials(build()));
    }

    @Test
    void the_wiring_table_is_that_of_the_build() throws Exception {
        check("WIRING.md", StallDocuments.wiring(build()));
    }

    @Test
    void the_terminal_drives_the_build_of_the_documents() throws Exception {
        assertEquals(build(), StallBuildFile.standard());
    }

    private static StallBuild build() throws Exception {
        return StallBuildFile.read(DOCUMENTS.resolve("stall.yaml"));
    }

    private static void check(String name, String expected) throws Exception {
        Path document = DOCUMENTS.resolve(name);
        if (Boolean.getBoolean("etal.refresh")) {
            Files.writeString(document, expected, StandardCharsets.UTF_8);
        }
        String found = Files.exists(document) ? Files.readString(document, StandardCharsets.UTF_8) : "";
        assertEquals(expected, found, document + " is not what stall.yaml says; " + REFRESH);
    }
}
