package etal.fleet.real.storage;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What came of the calls that were made to fail. For one thread. */
final class Tally {
    private final Map<String, Integer> byName = new TreeMap<>();
    private int failed;
    private int spoken;
    private int restarted;

    /** One call was to fail on that day. */
    void count(Call call, HarmedDays.Day day) {
        if (day.log().stream().anyMatch(line -> line.contains("(INJECTED)") && line.contains(call.file()))) {
            failed++;
            byName.merge(call.name(), 1, Integer::sum);
        }
        if (day.lines().stream().anyMatch(line -> line.startsWith("said "))) {
            spoken++;
        }
        if (day.lines().contains("off")) {
            restarted++;
        }
    }

    Tally plus(Tally other) {
        Tally sum = new Tally();
        sum.failed = failed + other.failed;
        sum.spoken = spoken + other.spoken;
        sum.restarted = restarted + other.restarted;
        sum.byName.putAll(byName);
        other.byName.forEach((name, count) -> sum.byName.merge(name, count, Integer::sum));
        return sum;
    }

    /** How many calls did fail. */
    int failed() {
        return failed;
    }

    String words(int calls) {
        String each = byName.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return calls + " storage calls in a day, " + failed + " failures injected (" + each + "), " + spoken
                + " days with a sentence, " + restarted + " switched off and on";
    }
}
