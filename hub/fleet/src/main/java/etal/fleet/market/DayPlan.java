package etal.fleet.market;

import etal.fleet.fault.DayFaults;
import java.time.LocalDate;
import java.util.List;

/**
 * Everything that is decided before the market opens; the same seed and files give the same plan.
 *
 * @param visits in order of their number
 */
public record DayPlan(
        long seed,
        LocalDate day,
        List<StallOfTheDay> stalls,
        List<Household> households,
        List<Visit> visits,
        DayFaults faults) {
    /** The visits of one stall, in order. */
    public List<Visit> visitsOf(int stall) {
        return visits.stream().filter(visit -> visit.stall() == stall).toList();
    }
}
