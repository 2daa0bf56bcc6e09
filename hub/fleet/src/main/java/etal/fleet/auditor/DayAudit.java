package etal.fleet.auditor;

import com.fasterxml.jackson.databind.JsonNode;
import etal.fleet.market.DayPlan;
import etal.fleet.market.StallOfTheDay;
import java.util.ArrayList;
import java.util.List;

/** Holds the hub's reconciliation against what the plan must come to. */
public final class DayAudit {
    private DayAudit() {}

    /** What differs, one sentence each: the hub's own differences first, then those against the plan. */
    public static List<String> differences(DayPlan plan, ExpectedDay expected, JsonNode reconciliation) {
        var differences = new ArrayList<String>();
        reconciliation.path("differences").forEach(difference -> differences.add(difference.asText()));
        if (!reconciliation.path("balanced").asBoolean() && differences.isEmpty()) {
            differences.add("the hub does not call the day balanced and does not say why");
        }
        compare(
                differences,
                "sales of the day",
                expected.sales(),
                reconciliation.path("sales").asLong(-1));
        for (StallOfTheDay stall : plan.stalls()) {
            JsonNode point = pointOfSale(reconciliation, stall.number());
            String name = "stall " + stall.number();
            compare(
                    differences,
                    name + ", card money in cents",
                    expected.cardCentsOfStall(stall.number()),
                    point.path("cardDebits").asLong(-1));
            compare(
                    differences,
                    name + ", sales",
                    expected.salesOfStall(stall.number()),
                    point.path("saleCount").asLong(-1));
        }
        return List.copyOf(differences);
    }

    private static JsonNode pointOfSale(JsonNode reconciliation, int number) {
        for (JsonNode point : reconciliation.path("i2")) {
            if (point.path("pointOfSale").asInt() == number) {
                return point;
            }
        }
        return reconciliation.path("i2").path(-1);
    }

    private static void compare(List<String> differences, String what, long planned, long found) {
        if (planned != found) {
            differences.add(what + ": " + found + ", planned " + planned);
        }
    }
}
