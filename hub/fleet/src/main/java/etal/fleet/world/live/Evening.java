package etal.fleet.world.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import etal.fleet.auditor.DayAudit;
import etal.fleet.auditor.ExpectedDay;
import etal.fleet.market.DayPlan;
import etal.fleet.world.place.FundScheme;
import etal.fleet.world.place.Nodes;
import etal.fleet.world.place.Progress;
import etal.fleet.world.place.StallNode;
import etal.fleet.world.process.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/** After the market: closings, the last sync, reconciliation, payouts, ledgers in their open form, and the audit. */
final class Evening {
    private static final LocalTime CLOSES = LocalTime.of(20, 5);
    private static final LocalTime RECONCILES = LocalTime.of(21, 0);

    private final DayDirectory directory;
    private final DayPlan plan;
    private final ExpectedDay expected;
    private final Nodes nodes;
    private final Progress progress;
    private final String day;

    Evening(DayDirectory directory, DayPlan plan, ExpectedDay expected, Nodes nodes, Progress progress) {
        this.directory = directory;
        this.plan = plan;
        this.expected = expected;
        this.nodes = nodes;
        this.progress = progress;
        this.day = plan.day().toString();
    }

    /** Ends the day and says whether everything adds up. */
    DayRun.Outcome run() throws IOException, InterruptedException {
        progress.say("the market is over; closings and the last sync");
        closeStalls();
        JsonNode first = reconcile();
        progress.say("reconciled: " + (first.path("balanced").asBoolean() ? "balanced" : "not balanced"));
        payOut();
        JsonNode reconciliation = reconcile();
        write(
                directory.reconciliation(),
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(reconciliation));
        List<String> differences = DayAudit.differences(plan, expected, reconciliation);
        if (!differences.isEmpty()) {
            differences.forEach(progress::say);
            return new DayRun.Outcome.Differs("books differ: " + String.join("; ", differences));
        }
        return new DayRun.Outcome.Balanced(
                "books balance: " + reconciliation.path("sales").asLong() + " sales, "
                        + reconciliation.path("entries").asLong() + " entries, 0 differences");
    }

    private Instant at(LocalTime time) {
        return plan.day().atTime(time).atZone(FundScheme.dieulefit().zone()).toInstant();
    }

    private void closeStalls() throws IOException, InterruptedException {
        Files.createDirectories(directory.ledgers());
        for (StallNode stall : nodes.stalls().values()) {
            stall.cable().plug();
            Waiting.until("closing of stall " + stall.number(), () -> {
                stall.client().setClock(at(CLOSES));
                stall.client().closeDay(day);
                return true;
            });
        }
        for (StallNode stall : nodes.stalls().values()) {
            Waiting.until("stall " + stall.number() + " in step with the hub", () -> {
                JsonNode status = stall.client().status();
                return status.path("acknowledged").asLong()
                        >= status.path("head").asLong();
            });
            String id = "t" + stall.number() + "-e1";
            write(directory.ledgers().resolve(id + ".etal"), stall.client().ledger());
        }
    }

    private JsonNode reconcile() throws IOException, InterruptedException {
        var answers = new ArrayList<JsonNode>();
        Waiting.until("the hub's reconciliation", () -> {
            nodes.hub().setClock(at(RECONCILES));
            answers.add(nodes.hub().reconcile(day));
            return true;
        });
        return answers.getLast();
    }

    private void payOut() throws IOException, InterruptedException {
        var answers = new ArrayList<JsonNode>();
        Waiting.until("the payment file", () -> answers.add(nodes.hub().payOut(day, "R-" + day)));
        JsonNode payouts = answers.getLast();
        if (payouts.hasNonNull("file")) {
            Path file = Path.of(payouts.path("file").asText());
            write(directory.payouts(), Files.readAllBytes(file));
        }
        progress.say(payouts.path("payouts").asInt() + " payouts, "
                + payouts.path("totalCents").asLong() + " cents");
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, bytes);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
