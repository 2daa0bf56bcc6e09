package etal.fleet.real.disk;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what strace has recorded with {@code -y -xx}: every string and path in hexadecimal. Stateless. */
public final class Recording {
    private static final String PATH = "<([^>]*)>";
    private static final String TEXT = "\"([^\"]*)\"";
    private static final Pattern PWRITE = line("pwrite64\\(\\d+" + PATH + ", " + TEXT + ", \\d+, (\\d+)\\) = \\d+");
    private static final Pattern WRITE = line("write\\((\\d+)" + PATH + ", " + TEXT + ", \\d+\\) = \\d+");
    private static final Pattern TRUNCATE = line("ftruncate\\(\\d+" + PATH + ", (\\d+)\\) = 0");
    private static final Pattern SYNC = line("f(?:data)?sync\\(\\d+" + PATH + "\\) = 0");
    private static final Pattern CREATE = line("openat\\([^,]*, " + TEXT + ", [^)]*O_CREAT[^)]*\\) = \\d+.*");
    private static final Pattern REMOVE = line("unlink\\(" + TEXT + "\\) = 0");
    private static final Pattern RENAME = line("rename\\(" + TEXT + ", " + TEXT + "\\) = 0");
    private static final Pattern DIRECTORY = line("mkdir\\(" + TEXT + ", \\d+\\) = 0");

    private Recording() {}

    private static Pattern line(String regex) {
        return Pattern.compile("^" + regex + "$");
    }

    /** What was done below {@code directory}, and said, in order; paths are relative to it. */
    public static List<Op> read(List<String> log, Path directory) {
        var ops = new ArrayList<Op>();
        var said = new StringBuilder();
        for (String line : log) {
            said(line, said).forEach(words -> ops.add(new Op.Said(words)));
            Op op = op(line, directory + "/");
            if (op != null) {
                ops.add(op);
            }
        }
        return ops;
    }

    private static List<String> said(String line, StringBuilder before) {
        var lines = new ArrayList<String>();
        Matcher write = WRITE.matcher(line);
        if (write.matches() && write.group(1).equals("1")) {
            before.append(text(write.group(3)));
            int end = before.indexOf("\n");
            while (end >= 0) {
                lines.add(before.substring(0, end));
                before.delete(0, end + 1);
                end = before.indexOf("\n");
            }
        }
        return lines;
    }

    private static @org.jspecify.annotations.Nullable Op op(String line, String root) {
        Matcher pwrite = PWRITE.matcher(line);
        if (pwrite.matches() && below(pwrite.group(1), root)) {
            return new Op.Write(path(pwrite.group(1), root), Long.parseLong(pwrite.group(3)), bytes(pwrite.group(2)));
        }
        Matcher write = WRITE.matcher(line);
        if (write.matches() && below(write.group(2), root)) {
            return new Op.Write(path(write.group(2), root), -1, bytes(write.group(3)));
        }
        Matcher truncate = TRUNCATE.matcher(line);
        if (truncate.matches() && below(truncate.group(1), root)) {
            return new Op.Truncate(path(truncate.group(1), root), Long.parseLong(truncate.group(2)));
        }
        Matcher rename = RENAME.matcher(line);
        if (rename.matches() && below(rename.group(1), root)) {
            return new Op.Rename(path(rename.group(1), root), path(rename.group(2), root));
        }
        return named(line, root);
    }

    private static @org.jspecify.annotations.Nullable Op named(String line, String root) {
        Matcher sync = SYNC.matcher(line);
        if (sync.matches() && below(sync.group(1), root)) {
            return new Op.Sync(path(sync.group(1), root));
        }
        Matcher create = CREATE.matcher(line);
        if (create.matches() && below(create.group(1), root)) {
            return new Op.Create(path(create.group(1), root));
        }
        Matcher remove = REMOVE.matcher(line);
        if (remove.matches() && below(remove.group(1), root)) {
            return new Op.Remove(path(remove.group(1), root));
        }
        Matcher directory = DIRECTORY.matcher(line);
        return directory.matches() && below(directory.group(1), root)
                ? new Op.Directory(path(directory.group(1), root))
                : null;
    }

    private static boolean below(String hex, String root) {
        return text(hex).startsWith(root);
    }

    private static String path(String hex, String root) {
        return text(hex).substring(root.length());
    }

    private static String text(String hex) {
        return new String(bytes(hex), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace("\\x", ""));
    }
}
