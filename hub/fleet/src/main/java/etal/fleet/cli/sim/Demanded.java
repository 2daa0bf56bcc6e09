package etal.fleet.cli.sim;

import etal.fleet.world.cards.errand.Errands;
import etal.fleet.world.cards.fault.Fault;
import etal.hub.ingest.Reason;
import etal.protocol.card.StatusWord;
import etal.terminal.card.CardRefusal;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What must have happened in a standard run, or the run says nothing: every kind of fault and errand, every way in which a
 * card or a till refuses, every reason for which the hub lays something aside. The lists are the programs' own enums, so that
 * a new kind is demanded as soon as it is there; what a market of this simulation is not sure to meet is named here.
 */
final class Demanded {
    /** A run of so many seeds is a standard run. */
    static final int STANDARD_SEEDS = 1_000;

    /** What no thousand markets are sure to meet, each with the test that meets it: a class of the module it is about. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("till says card-bank_card", "OwnWordTest"),
            Map.entry("till says card-phone", "OwnWordTest"),
            Map.entry("till says card-other_fund", "OwnWordTest"),
            Map.entry("till says card-sister_fund", "OwnWordTest"),
            Map.entry("till says card-expired", "OwnWordTest"),
            Map.entry("till says card-test_card", "OwnWordTest"),
            Map.entry("till says card-not_ready", "OwnWordTest"),
            Map.entry("till says card-other_point_of_sale", "ChosenPointOfSaleTest"),
            Map.entry("till says card-too_long_offline", "TooLongOfflineTest"),
            Map.entry("card says 69C1", "CardRefusalTest"),
            Map.entry("card says 69C2", "CardRefusalTest"),
            Map.entry("card says 69C4", "CardVoucherTest"),
            Map.entry("card says 69C5", "CardRefusalTest"),
            Map.entry("card says 69C7", "CardBlockTest"),
            Map.entry("card says 69C8", "CardCancelTest"),
            Map.entry("card says 69C9", "CardVoucherTest"),
            Map.entry("card says 6A80", "CardRefusalTest"),
            Map.entry("card says 6A82", "OwnWordTest"),
            Map.entry("card says 6A83", "CardMemoryTest"),
            Map.entry("quarantine untrusted-chain", "QuarantineTest"),
            Map.entry("quarantine wrong-ledger", "QuarantineTest"),
            Map.entry("quarantine bad-signature", "QuarantineTest"),
            Map.entry("quarantine wrong-genesis", "QuarantineTest"),
            Map.entry("quarantine fork", "QuarantineTest"),
            Map.entry("quarantine wrong-succession", "EpochTest"),
            Map.entry("quarantine stolen-terminal", "StolenPricesTest"),
            Map.entry("quarantine wrong-checkpoint", "QuarantineTest"),
            Map.entry("quarantine unknown-seller", "QuarantineTest"),
            Map.entry("quarantine unknown-card", "QuarantineTest"),
            Map.entry("quarantine bad-card-signature", "QuarantineTest"),
            Map.entry("quarantine wrong-load", "QuarantineTest"),
            Map.entry("quarantine unknown-order", "QuarantineTest"),
            Map.entry("quarantine early-rules", "QuarantineTest"),
            Map.entry("quarantine too-early", "QuarantineTest"),
            Map.entry("quarantine cancelled-already", "CancellationTest"),
            Map.entry("quarantine other-amount", "CancellationTest"),
            Map.entry("quarantine wrong-carried", "QuarantineTest"));

    /** What must have come of faults that may fall on nothing: under these names it is counted when it has really happened. */
    private static final List<String> REALLY = List.of(
            "hubs restored",
            "cards that were what they had been",
            "cards with a double",
            "machines swapped",
            "machines swapped for a flipped bit",
            "certificates renewed by a swap",
            "documents keys exchanged",
            "stick: handed in",
            "stick: old stick handed in",
            "stick: handed in twice",
            "stick: old answer read",
            "stick: answer brought to another stall",
            "stick: lost",
            "bits flipped in entry",
            "bits flipped in intention",
            "bits flipped in document",
            "decided by the operator for a machine that is gone");

    private Demanded() {}

    /** What never happened of all that must, by the names under which it is counted. */
    static List<String> missing(Map<String, Long> counts) {
        return all().stream()
                .filter(each -> !ELSEWHERE.containsKey(each) && !met(each, counts))
                .toList();
    }

    /** What a run has not met and need not, by the names under which it would be counted, each with the test that meets it. */
    static Map<String, String> elsewhere(Map<String, Long> counts) {
        var elsewhere = new TreeMap<String, String>();
        ELSEWHERE.forEach((each, test) -> {
            if (!met(each, counts)) {
                elsewhere.put(each, test);
            }
        });
        return elsewhere;
    }

    /** The tests that meet what no thousand markets are sure to meet. */
    static Collection<String> tests() {
        return ELSEWHERE.values();
    }

    /** All that is named here and that no list of the programs has. */
    static List<String> unknown() {
        List<String> all = all();
        return ELSEWHERE.keySet().stream()
                .filter(each -> !all.contains(each))
                .sorted()
                .toList();
    }

    private static boolean met(String what, Map<String, Long> counts) {
        return counts.keySet().stream().anyMatch(counted -> counted.startsWith(what));
    }

    private static List<String> all() {
        var all = new ArrayList<String>();
        for (Fault fault : Fault.values()) {
            all.add("fault " + fault.words());
        }
        for (Errands errand : Errands.values()) {
            all.add("errand " + errand);
        }
        all.addAll(REALLY);
        for (CardRefusal refusal : CardRefusal.values()) {
            all.add("till says card-" + refusal.name().toLowerCase(Locale.ROOT));
        }
        for (Reason reason : Reason.values()) {
            all.add("quarantine " + reason.code());
        }
        Arrays.stream(StatusWord.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .forEach(field -> all.add("card says " + word(field)));
        return all;
    }

    private static String word(Field field) {
        try {
            return String.format(Locale.ROOT, "%04X", field.getInt(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("public fields can be read", e);
        }
    }
}
