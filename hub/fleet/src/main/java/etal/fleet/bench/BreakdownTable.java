package etal.fleet.bench;

import etal.edge.speech.Speech;
import etal.fleet.timing.Breakdown;
import etal.fleet.timing.Chip;
import etal.fleet.timing.Chips;
import etal.fleet.timing.Exchange;
import etal.fleet.timing.Part;
import etal.fleet.timing.Pn532;
import etal.fleet.timing.TapTime;
import etal.protocol.Said;
import etal.protocol.card.Commands;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the time goes, as tables in Markdown: each scenario by parts, and the commands of the one that has them all. */
public final class BreakdownTable {
    private static final Map<Integer, String> COMMANDS = Map.of(
            Exchange.SELECT, "SELECT",
            Commands.STATE, "STATE",
            Commands.INTRODUCE, "INTRODUCE",
            Commands.DEBIT, "DEBIT",
            Commands.READ_LOG, "READ LOG",
            Commands.LOAD, "LOAD",
            Commands.VOUCHER, "VOUCHER",
            Commands.BLOCK, "BLOCK",
            Commands.KEY_UPDATE, "KEY UPDATE");

    private final Speech speech;
    private final Chip chip = Chips.J3R180;
    private final Pn532 reader = Pn532.FAST;

    /** In that language. */
    public BreakdownTable(Speech speech) {
        this.speech = speech;
    }

    /** Both tables, line by line. */
    public List<String> lines(Map<Scenario, Payment> made) {
        List<String> lines = new ArrayList<>(byParts(made));
        lines.add("");
        made.entrySet().stream()
                .filter(entry -> entry.getKey() == Scenario.EVERYTHING_AND_VOUCHER)
                .forEach(entry -> lines.addAll(byCommands(entry.getValue())));
        return lines;
    }

    private List<String> byParts(Map<Scenario, Payment> made) {
        List<Breakdown> times = made.values().stream()
                .map(payment -> TapTime.of(payment.exchanges(), chip, reader, payment.fieldNanos()))
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(row(
                word("bench-part"),
                made.keySet().stream()
                        .map(scenario -> word("bench-" + scenario.id()))
                        .toList()));
        lines.add(rule(made.size()));
        for (Part part : Part.values()) {
            lines.add(row(
                    word("bench-part-" + lower(part.name())),
                    times.stream().map(time -> millis(time.nanos(part))).toList()));
        }
        lines.add(row(
                word("bench-total"),
                times.stream().map(time -> millis(time.totalNanos())).toList()));
        lines.add(row(
                word("bench-goal"),
                made.keySet().stream().map(scenario -> goal(scenario)).toList()));
        return lines;
    }

    private List<String> byCommands(Payment payment) {
        List<String> lines = new ArrayList<>();
        lines.add(row(
                word("bench-command"),
                List.of(
                        word("bench-bytes-out"),
                        word("bench-bytes-in"),
                        word("bench-instructions"),
                        word("bench-work"),
                        word("bench-total"))));
        lines.add(rule(5));
        for (Exchange exchange : payment.exchanges()) {
            lines.add(row(
                    COMMANDS.getOrDefault(exchange.ins(), String.format(Locale.ROOT, "INS %02X", exchange.ins())),
                    List.of(
                            Integer.toString(exchange.commandBytes()),
                            Integer.toString(exchange.answerBytes()),
                            Long.toString(exchange.tally().instructions()),
                            exchange.tally().calls().stream()
                                    .map(call -> lower(call.work().name()) + " " + call.times()
                                            + (call.bytes() == 0 ? "" : "/" + call.bytes()))
                                    .collect(Collectors.joining(", ")),
                            millis(TapTime.exchange(exchange, chip, reader).totalNanos()))));
        }
        return lines;
    }

    private static String goal(Scenario scenario) {
        Integer millis = scenario.goalMillis();
        return millis == null ? "" : millis.toString();
    }

    private static String row(String first, List<String> others) {
        return "| " + first + " | " + String.join(" | ", others) + " |";
    }

    private static String rule(int others) {
        return "|---" + "|---".repeat(others) + "|";
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String millis(long nanos) {
        return Figure.millis(nanos)
                .setScale(1, java.math.RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private String word(String key) {
        return speech.speak(Said.of(key));
    }
}
