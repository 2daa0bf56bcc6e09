package etal.fleet.real.storage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One system call that a till's storage makes.
 *
 * @param name such as {@code pwrite64}
 * @param occurrence how many calls of that name the thread has made by then, from 1
 * @param file below the till's directory
 */
record Call(String name, int occurrence, String file) {
    private static final Pattern LINE = Pattern.compile("^(\\w+)\\((.*)$");

    /** The calls in a log of strace that touch {@code directory}, in order. */
    static List<Call> of(List<String> log, Path directory) {
        Map<String, Integer> counts = new TreeMap<>();
        List<Call> calls = new ArrayList<>();
        for (String line : log) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.find()) {
                int occurrence = counts.merge(matcher.group(1), 1, Integer::sum);
                int at = matcher.group(2).indexOf(directory.toString());
                if (at >= 0) {
                    calls.add(new Call(matcher.group(1), occurrence, file(matcher.group(2), at, directory)));
                }
            }
        }
        return calls;
    }

    private static String file(String arguments, int at, Path directory) {
        String rest = arguments.substring(at + directory.toString().length());
        int end = 0;
        while (end < rest.length() && "\">".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return rest.substring(0, end);
    }
}
