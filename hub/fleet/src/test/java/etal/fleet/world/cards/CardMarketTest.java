package etal.fleet.world.cards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fleet.world.cards.errand.Errands;
import etal.fleet.world.cards.fault.Fault;
import etal.fleet.world.cards.fault.Flaw;
import etal.fleet.world.cards.plan.MarketSize;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Cards torn at random: whatever goes wrong, value over cards, ledgers and hub never differs by a cent.
 *
 * <pre>
 * people        tills 1..3             cards 1..6            hub
 *   |  errands    |  SELECT, STATE, ...  |                     |
 *   |------------>|--------------------->|  torn, garbled,     |
 *   |             |  plug out at any     |  too slow, gone     |
 *   |             |  commit              |                     |
 *   |             |-- entries: lost, doubled, late, cut off -->|
 *   |  now and then all is quiet: the auditor asks cards, ledgers and books, and adds up
 *   |  at the end nothing goes wrong any more, and everything must be decided
 * </pre>
 */
class CardMarketTest {
    private static final long STANDARD_SEEDS = 12;
    /** What has not gone wrong in the standard seeds does in those up to here. */
    private static final long SEEDS_MOST = 60;

    private static final long REPEATED = 3;

    private static CardMarket market(Flaw flaw) {
        return new CardMarket(MarketSize.USUAL, flaw);
    }

    @Test
    void the_standard_seeds_add_up_and_everything_that_can_go_wrong_has_gone_wrong() {
        CardMarket market = market(Flaw.NONE);
        Map<String, Long> counts = new TreeMap<>();
        List<String> never = List.of();
        for (long seed = 1; seed <= STANDARD_SEEDS || seed <= SEEDS_MOST && !never.isEmpty(); seed++) {
            CardMarket.Outcome outcome = market.play(seed);
            assertEquals(List.of(), outcome.violations(), () -> "seed " + outcome.seed() + ": " + outcome.story());
            outcome.counts().forEach((what, count) -> counts.merge(what, count, Long::sum));
            never = never(counts);
        }
        assertEquals(List.of(), never, () -> "never happened in " + counts);
    }

    private static List<String> never(Map<String, Long> counts) {
        var must = new ArrayList<String>(List.of(
                "months opened",
                "shortfalls",
                "cards that forgot all stalls",
                "sales cancelled",
                "audits",
                "stick: handed in",
                "stick: old stick handed in",
                "stick: handed in twice",
                "stick: old answer read",
                "stick: answer brought to another stall",
                "stick: answer lost",
                "stick: lost",
                "stick: full",
                "fault card torn inside DEBIT"));
        Arrays.stream(Fault.values()).forEach(fault -> must.add("fault " + fault.words()));
        Arrays.stream(Errands.values()).forEach(errand -> must.add("errand " + errand));
        return must.stream()
                .filter(each -> counts.keySet().stream().noneMatch(what -> what.startsWith(each)))
                .toList();
    }

    @Test
    void another_virtual_machine_of_another_land_and_hour_plays_the_same_seed_alike() throws Exception {
        String here = trace();
        List<String> command = List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Duser.timezone=Pacific/Kiritimati",
                "-Dfile.encoding=ISO-8859-9",
                "-cp",
                System.getProperty("java.class.path"),
                CardMarketTest.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it does not end");
            assertEquals(here, said.strip());
        } finally {
            process.destroyForcibly();
        }
        assertNotEquals(
                here,
                new CardMarket(MarketSize.USUAL, Flaw.NONE).play(REPEATED + 1).trace());
    }

    /** Plays the repeated seed in a virtual machine of its own and prints its trace. */
    public static void main(String[] args) {
        System.out.println(trace());
    }

    private static String trace() {
        return market(Flaw.NONE).play(REPEATED).trace();
    }

    @Test
    void a_till_that_forgets_what_it_has_asked_cards_to_pay_is_found() {
        CardMarket market = market(Flaw.TILL_FORGETS);
        boolean found = false;
        for (long seed = 1; seed <= SEEDS_MOST && !found; seed++) {
            found = market.play(seed).violations().stream().anyMatch(wrong -> wrong.contains("does not ask"));
        }
        assertTrue(found, "no seed found it");
    }
}
