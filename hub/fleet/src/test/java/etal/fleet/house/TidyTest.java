package etal.fleet.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import etal.fleet.house.Sources.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How the code reads, checked like everything else. */
class TidyTest {
    private static final int FILE_LINES_MAX = 400;
    private static final int MEDIAN_LINES_MAX = 90;
    private static final int METHOD_LINES_MAX = 40;
    private static final int PACKAGE_FILES_MAX = 15;

    /** What is banned, and what to do instead. */
    private static final Map<String, String> BANNED = banned();

    private static Map<String, String> banned() {
        var banned = new LinkedHashMap<String, String>();
        banned.put("Thread\\.sleep\\(", "wait for the event itself");
        banned.put("\\bTO" + "DO\\b|\\bFIX" + "ME\\b|\\bX" + "XX\\b", "do it, or say in the docs what is left out");
        banned.put("printStackTrace\\(", "say a sentence, or let the exception go up");
        banned.put("@Disabled", "mend the test or take it out");
        banned.put("class \\w+(Manager|Helper|Util|Utils|Impl|Adapter)\\b", "name the class for what it is");
        banned.put("new Random\\(\\)", "a seed that a failing test prints");
        return banned;
    }

    /** Words that would let rounding into money. */
    private static final Pattern FLOATING = Pattern.compile("\\b(double|float|Double|Float)\\b");

    @Test
    void no_file_is_longer_than_a_reader_can_hold_and_the_usual_file_is_short() {
        List<Source> sources = Sources.java("src/main/java");
        assertNone(sources.stream()
                .filter(source -> source.lines().size() > FILE_LINES_MAX)
                .map(source -> source.name() + ": " + source.lines().size() + " lines, at most " + FILE_LINES_MAX));
        List<Integer> lengths = sources.stream()
                .filter(source -> !source.path().endsWith("package-info.java"))
                .map(source -> source.lines().size())
                .sorted()
                .toList();
        int median = lengths.get(lengths.size() / 2);
        assertTrue(median <= MEDIAN_LINES_MAX, "the median file has " + median + " lines, at most " + MEDIAN_LINES_MAX);
    }

    @Test
    void no_test_file_is_longer_than_a_reader_can_hold() {
        assertNone(Sources.java("src/test/java").stream()
                .filter(source -> source.lines().size() > FILE_LINES_MAX)
                .map(source -> source.name() + ": " + source.lines().size() + " lines, at most " + FILE_LINES_MAX));
    }

    @Test
    void no_package_has_more_files_than_fit_on_a_screen() {
        var files = new LinkedHashMap<Path, Integer>();
        for (Source source : Sources.java("src/main/java")) {
            if (!source.path().endsWith("package-info.java")) {
                files.merge(java.util.Objects.requireNonNull(source.path().getParent()), 1, Integer::sum);
            }
        }
        assertNone(files.entrySet().stream()
                .filter(entry -> entry.getValue() > PACKAGE_FILES_MAX)
                .map(entry -> Sources.top().relativize(entry.getKey()) + ": " + entry.getValue() + " files, at most "
                        + PACKAGE_FILES_MAX));
    }

    @Test
    void every_package_says_what_it_is() {
        assertNone(Sources.java("src/main/java").stream()
                .map(source -> java.util.Objects.requireNonNull(source.path().getParent()))
                .distinct()
                .filter(folder -> !java.nio.file.Files.exists(folder.resolve("package-info.java")))
                .filter(folder -> !folder.toString().contains("applet")
                        && !folder.toString().contains("com/licel"))
                .map(folder -> Sources.top().relativize(folder) + " has no package-info.java"));
    }

    @Test
    void what_is_banned_is_nowhere() {
        var found = new ArrayList<String>();
        for (Source source : all()) {
            for (int i = 0; i < source.lines().size(); i++) {
                for (Map.Entry<String, String> ban : BANNED.entrySet()) {
                    if (Pattern.compile(ban.getKey())
                            .matcher(uncommented(source.lines().get(i), ban.getKey()))
                            .find()) {
                        found.add(source.name() + ":" + (i + 1) + ": " + ban.getKey() + "; instead: " + ban.getValue());
                    }
                }
            }
        }
        assertNone(found.stream().filter(line -> !line.contains("house/TidyTest.java")));
    }

    @Test
    void no_floating_point_comes_near_money() {
        var found = new ArrayList<String>();
        for (Source source : Sources.java("src/main/java")) {
            boolean timing = source.name().contains("/bench/") || source.name().contains("/timing/");
            for (int i = 0; i < source.lines().size(); i++) {
                String line = source.lines().get(i);
                if (!timing && FLOATING.matcher(code(line)).find()) {
                    found.add(source.name() + ":" + (i + 1) + ": " + line.strip()
                            + "; instead: long, in the smallest unit");
                }
            }
        }
        assertNone(found.stream());
    }

    @Test
    void core_code_keeps_to_collections_with_an_order() {
        Pattern unordered = Pattern.compile(
                "new (HashMap|HashSet)\\b|Collectors\\.toSet\\(|Collectors\\.toMap\\(\\w+::\\w+, \\w+::\\w+\\)");
        var found = new ArrayList<String>();
        for (Source source : Sources.java("src/main/java")) {
            for (int i = 0; i < source.lines().size(); i++) {
                if (unordered.matcher(source.lines().get(i)).find()) {
                    found.add(source.name() + ":" + (i + 1) + ": "
                            + source.lines().get(i).strip() + "; instead: LinkedHashMap, TreeMap or a list");
                }
            }
        }
        assertNone(found.stream());
    }

    @Test
    void every_function_fits_on_a_screen() throws IOException {
        var found = new ArrayList<String>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> paths = all().stream().map(Source::path).toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    diagnostic -> {},
                    List.of("-proc:none"),
                    null,
                    files.getJavaFileObjectsFromPaths(paths));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new TreeScanner<@Nullable Void, @Nullable Void>() {
                    @Override
                    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
                        if (method.getBody() == null) {
                            return null;
                        }
                        long from = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method.getBody()));
                        long until = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method.getBody()));
                        if (until - from + 1 > METHOD_LINES_MAX) {
                            found.add(unit.getSourceFile().getName() + ":" + from + ": " + method.getName() + " has "
                                    + (until - from + 1) + " lines, at most " + METHOD_LINES_MAX);
                        }
                        return super.visitMethod(method, nothing);
                    }
                }.scan(unit, null);
            }
        }
        assertNone(found.stream());
    }

    /** The line without what stands in quotes or comments. */
    private static String code(String line) {
        String bare = line.replaceAll("\"(\\\\.|[^\"\\\\])*\"", "\"\"");
        boolean comment =
                bare.stripLeading().startsWith("*") || bare.stripLeading().startsWith("/*");
        int slashes = bare.indexOf("//");
        return comment ? "" : slashes < 0 ? bare : bare.substring(0, slashes);
    }

    /** Left-over marks count in comments too; calls do not. */
    private static String uncommented(String line, String ban) {
        return ban.endsWith("\\(") ? code(line) : line;
    }

    private static List<Source> all() {
        return Stream.concat(Sources.java("src/main/java").stream(), Sources.java("src/test/java").stream())
                .toList();
    }

    private static void assertNone(Stream<String> found) {
        assertEquals("", String.join("\n", found.toList()));
    }
}
