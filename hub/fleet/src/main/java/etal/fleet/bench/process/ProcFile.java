package etal.fleet.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Linux knows of a process (proc(5)). Stateless. */
final class ProcFile {
    /** The fields behind the name in brackets, which may hold anything: user and system time are the 12th and 13th. */
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;
    private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");

    private ProcFile() {}

    /** The most memory it ever had at a time, in kB of 1,024 bytes. */
    static long peakKilobytes(long pid) throws IOException {
        Matcher matcher = PEAK.matcher(read(pid, "status"));
        if (!matcher.find()) {
            throw new IOException("process " + pid + " has no peak of memory");
        }
        return Long.parseLong(matcher.group(1));
    }

    /** How long it has had a processor so far, in hundredths of a second. */
    static long cpuHundredths(long pid) throws IOException {
        String stat = read(pid, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
    }

    private static String read(long pid, String what) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(pid), what), StandardCharsets.UTF_8);
    }
}
