package etal.virtualcard.silicon;

import etal.virtualcard.loader.Tally;
import etal.virtualcard.loader.Tally.Call;
import etal.virtualcard.loader.Tally.Work;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the command under way has had the chip do. Not thread-safe. */
final class Counts {
    private static final Work[] KINDS = Work.values();

    private final int[] times = new int[KINDS.length];
    private final int[] bytes = new int[KINDS.length];
    private long instructions;

    void commandBegins() {
        Arrays.fill(times, 0);
        Arrays.fill(bytes, 0);
        instructions = 0;
    }

    void executed(int count) {
        instructions += count;
    }

    void add(Work work, int length) {
        times[work.ordinal()]++;
        bytes[work.ordinal()] += length;
    }

    Tally tally() {
        List<Call> calls = new ArrayList<>();
        for (Work work : KINDS) {
            if (times[work.ordinal()] > 0) {
                calls.add(new Call(work, times[work.ordinal()], bytes[work.ordinal()]));
            }
        }
        return new Tally(instructions, calls);
    }
}
