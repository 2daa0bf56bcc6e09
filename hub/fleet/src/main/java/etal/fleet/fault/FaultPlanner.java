package etal.fleet.fault;

import etal.fleet.auditor.ExpectedDay;
import etal.fleet.fault.DayFaults.CableCut;
import etal.fleet.fault.DayFaults.TapFault;
import etal.fleet.market.StallOfTheDay;
import etal.fleet.market.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Chooses what goes wrong on a day: half the stalls offline for hours, two torn cards, one killed terminal, one broker. */
public final class FaultPlanner {
    /** DEBIT writes as often as this at least, so the card loses power before its record is there. */
    private static final int WRITES_CERTAIN = 1;

    private FaultPlanner() {}

    /** Chooses from {@code random}; faults at taps only where the card is expected to be debited. */
    public static DayFaults plan(
            SplittableRandom random,
            List<StallOfTheDay> stalls,
            List<Visit> visits,
            ExpectedDay expected,
            Instant opens,
            Instant closes) {
        List<Visit> debited = visits.stream()
                .filter(visit -> expected.cardCentsAt(visit.number()) > 0)
                .toList();
        var taps = new ArrayList<TapFault>();
        List<Visit> chosen = spread(random, debited, 3);
        if (chosen.size() > 0) {
            taps.add(new TapFault.TornWhileWriting(chosen.get(0).number(), 1 + random.nextInt(WRITES_CERTAIN)));
        }
        if (chosen.size() > 1) {
            taps.add(new TapFault.TornBeforeAnswer(chosen.get(1).number()));
        }
        if (chosen.size() > 2) {
            taps.add(new TapFault.TerminalKilled(chosen.get(2).number()));
        }
        int restart = visits.get(visits.size() / 2).number();
        return new DayFaults(cuts(random, stalls, opens, closes), List.copyOf(taps), restart);
    }

    /** One visit from each of {@code count} stretches of the day. */
    private static List<Visit> spread(SplittableRandom random, List<Visit> visits, int count) {
        var chosen = new ArrayList<Visit>();
        int stretches = Math.min(count, visits.size());
        for (int i = 0; i < stretches; i++) {
            int from = visits.size() * i / stretches;
            int until = visits.size() * (i + 1) / stretches;
            chosen.add(visits.get(random.nextInt(from, until)));
        }
        return chosen;
    }

    private static List<CableCut> cuts(
            SplittableRandom random, List<StallOfTheDay> stalls, Instant opens, Instant closes) {
        var numbers = new ArrayList<Integer>();
        stalls.forEach(stall -> numbers.add(stall.number()));
        long marketMinutes = Duration.between(opens, closes).toMinutes();
        var cuts = new ArrayList<CableCut>();
        for (int i = 0; i < stalls.size() / 2; i++) {
            int stall = numbers.remove(random.nextInt(numbers.size()));
            Instant from = opens.plus(Duration.ofMinutes(random.nextLong(5, marketMinutes / 4)));
            Instant until = closes.minus(Duration.ofMinutes(random.nextLong(0, marketMinutes / 4)));
            cuts.add(new CableCut(stall, from, until));
        }
        return List.copyOf(cuts);
    }
}
