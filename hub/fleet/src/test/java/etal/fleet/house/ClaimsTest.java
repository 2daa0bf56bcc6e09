package etal.fleet.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the project claims to hold against attackers names its test, and the test is there. */
class ClaimsTest {
    private static final int CLAIMS_LEAST = 100;

    /** {@code `SomeTest`}, {@code `SomeTest.method`}, or {@code `.method`} of the test named last. */
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)?(?:\\.(\\w+))?`");

    @Test
    void every_test_that_the_list_of_threats_names_is_there() throws IOException {
        TreeMap<String, String> tests = new TreeMap<>();
        Sources.java("src/test/java").forEach(source -> {
            String file = String.valueOf(source.path().getFileName());
            tests.put(file.substring(0, file.length() - ".java".length()), String.join("\n", source.lines()));
        });
        List<String> missing = new ArrayList<>();
        Matcher named = NAMED.matcher(Files.readString(Sources.top().resolve("THREATS.md")));
        String last = "";
        int claims = 0;
        while (named.find()) {
            last = named.group(1) == null ? last : named.group(1);
            String method = named.group(2);
            String test = tests.getOrDefault(last, "");
            if (test.isEmpty() || method != null && !test.contains(" " + method + "(")) {
                missing.add(last + (method == null ? "" : "." + method));
            }
            claims++;
        }
        assertEquals(List.of(), missing);
        assertTrue(claims > CLAIMS_LEAST, "only " + claims + " names were found: the pattern looks past them");
    }
}
