package etal.virtualcard.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.applet.FoodCard;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The applet keeps to what a card's converter takes, though no converter can be had from a public repository. Each rule is
 * shown to find what it is for.
 */
class AppletRulesTest {
    @Test
    void the_applet_keeps_to_the_java_card_rules() throws Exception {
        List<byte[]> classes = classFiles();
        assertFalse(classes.size() < 10, "the classes of the applet were not found");
        assertEquals(List.of(), AppletRules.check(classes));
    }

    @ParameterizedTest
    @CsvSource({
        "IntField, 'types: I of field cents'",
        "LongParameter, 'types: J of method pay'",
        "CharResult, 'types: C of method letter'",
        "StringField, 'types: Ljava/lang/String; of field name'",
        "TwoDimensions, 'types: [[B of field table'",
        "IntArray, 'types: array of kind 10'",
        "Text, 'constant: String text'",
        "Text, 'api: java/lang/String.length()I'",
        "BigConstant, 'constant: Integer 100000'",
        "Floating, 'instruction: 134'",
        "Floating, 'constant: Float 0.5'",
        "IntVariable, 'arithmetic: 32 bits are seen by a variable'",
        "WideComparison, 'arithmetic: 32 bits are seen by a comparison'",
        "WideIndex, 'arithmetic: 32 bits are seen by an index'",
        "WideShift, 'arithmetic: 32 bits are seen by a shift to the right'",
        "WideDivision, 'arithmetic: 32 bits are seen by a division'",
        "WideThroughBranch, 'arithmetic: 32 bits are seen by a shift to the right'",
        "UnsignedShift, 'arithmetic: instruction 124'",
        "Counter, 'static: count'",
        "SharedState, 'static: LOCK'",
        "SharedState, 'static: java/lang/Object at class initialization'",
        "Computed, 'static: call of table at class initialization'",
        "Lambda, 'instruction: invokedynamic run'",
        "TypeTest, 'instruction: instanceof'",
        "Locked, 'class: flags of method enter'",
        "CatchesAll, 'exception: java/lang/RuntimeException is caught'",
        "NewerApi, 'api: javacard/framework/Util.arrayFill([BSSB)S'",
        "UnlistedKey, 'api: javacard/security/Key.clearKey()V'",
        "Allocating, 'allocation: etal/virtualcard/rules/Samples$Allocating.two()V can be reached'",
        "IntField, 'version: '"
    })
    void each_rule_finds_what_it_is_for(String sample, String expected) throws Exception {
        List<String> broken = AppletRules.check(List.of(sample(sample)));
        assertTrue(broken.stream().anyMatch(line -> line.startsWith(expected)), broken.toString());
    }

    @Test
    void memory_taken_at_installation_breaks_no_rule() throws Exception {
        List<String> broken = AppletRules.check(List.of(sample("AllocatingAtHome")));
        assertFalse(broken.stream().anyMatch(line -> line.startsWith("allocation: ")), broken.toString());
    }

    private static byte[] sample(String name) throws IOException {
        try (InputStream in = AppletRulesTest.class.getResourceAsStream("Samples$" + name + ".class")) {
            if (in == null) {
                throw new AssertionError("no sample " + name);
            }
            return in.readAllBytes();
        }
    }

    private static List<byte[]> classFiles() throws IOException, URISyntaxException {
        Path place = Path.of(FoodCard.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (Files.isDirectory(place)) {
            return classFiles(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return classFiles(jar.getPath("/"));
        }
    }

    private static List<byte[]> classFiles(Path root) throws IOException {
        List<byte[]> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(root.resolve("etal/applet"))) {
            for (Path file : all.sorted().toList()) {
                files.add(Files.readAllBytes(file));
            }
        }
        return files;
    }
}
