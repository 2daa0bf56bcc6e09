package etal.fleet.world.place;

import etal.fleet.market.Household;
import etal.fleet.market.StallOfTheDay;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is settled about a market before anything is laid out.
 *
 * @param day the day of the market; its month is the fund's open one
 * @param clock whose time holds
 * @param households the members, each with one card, numbered from 1
 * @param denied the numbers of the households whose cards the fund has denied
 * @param catalogueCsv the catalogue's text
 * @param hubPort where the hub listens; 0: anywhere
 * @param screens of stalls whose screen people look at, by the stall's number
 */
public record Setting(
        LocalDate day,
        Time clock,
        List<StallOfTheDay> stalls,
        List<Household> households,
        Set<Integer> denied,
        String catalogueCsv,
        int hubPort,
        Map<Integer, Screen> screens) {
    /** Whose time holds at all nodes, as configuration files call it. */
    public enum Time {
        /** The market's, set from outside. */
        DRIVEN,
        /** The machine's. */
        SYSTEM
    }

    /**
     * A till's screen that people look at.
     *
     * @param port where it listens
     * @param frame the origin of the page that may show it in a frame
     * @param tiles ids of the products that have a tile
     */
    public record Screen(int port, URI frame, List<String> tiles) {}

    /** The numbers of the stalls. */
    public List<Integer> stallNumbers() {
        return stalls.stream().map(StallOfTheDay::number).toList();
    }

    boolean driven() {
        return clock == Time.DRIVEN;
    }

    /** What members do not pay in themselves comes from outside, as with every fund. */
    long fundersCents() {
        return households.stream()
                .mapToLong(household -> Math.max(0, household.entitlementCents() - household.contributionCents()))
                .sum();
    }
}
