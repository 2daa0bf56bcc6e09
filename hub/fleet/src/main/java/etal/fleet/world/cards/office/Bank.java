package etal.fleet.world.cards.office;

import etal.fleet.world.cards.fault.Fault;
import etal.fleet.world.cards.fault.Story;
import etal.fleet.world.cards.fault.Weather;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The fund's bank: it reads the files it is handed, pays or rejects, and prints its statement some day. It knows of the
 * programs only their file. Not thread-safe.
 */
public final class Bank {
    private static final Pattern PAYOUT = Pattern.compile(
            "<EndToEndId>([A-Za-z0-9.-]+-(\\d+))</EndToEndId>.*?<InstdAmt Ccy=\"[A-Z]+\">([0-9.]+)</InstdAmt>",
            Pattern.DOTALL);
    private static final int DAYS_LATE = 45;

    private final Weather weather;
    private final Story story;
    private final List<Line> booked = new ArrayList<>();
    private final List<Line> pending = new ArrayList<>();
    private final Map<String, Long> known = new TreeMap<>();
    private final TreeMap<Long, Long> paidCents = new TreeMap<>();

    /** A line of a statement, and from when on it can be had. */
    public record Line(String endToEndId, long stall, long cents, boolean rejected, Instant from) {}

    /** A bank that has seen nothing yet. */
    public Bank(Weather weather, Story story) {
        this.weather = weather;
        this.story = story;
    }

    /** A file is handed in; payouts that are known are not made again. Returns how many were new. */
    public int handedIn(byte[] file, Instant now) {
        var found = PAYOUT.matcher(new String(file, StandardCharsets.UTF_8));
        int fresh = 0;
        while (found.find()) {
            long cents = new BigDecimal(found.group(3)).movePointRight(2).longValueExact();
            if (known.putIfAbsent(found.group(1), cents) == null) {
                fresh++;
                booked(found.group(1), Long.parseLong(found.group(2)), cents, now);
            }
        }
        return fresh;
    }

    private void booked(String id, long stall, long cents, Instant now) {
        paidCents.merge(stall, cents, Long::sum);
        add(new Line(id, stall, cents, false, later(now)));
        if (weather.brings(Fault.PAYOUT_REJECTED)) {
            story.fault(Fault.PAYOUT_REJECTED, "", id);
            add(new Line(id, stall, cents, true, later(now)));
        }
    }

    private void add(Line line) {
        pending.add(line);
        booked.add(line);
    }

    /** Every line there has ever been, also those of days to come: who has forgotten them asks the bank. */
    public List<Line> all() {
        return List.copyOf(booked);
    }

    private Instant later(Instant now) {
        boolean late = weather.brings(Fault.STATEMENT_LATE);
        if (late) {
            story.fault(Fault.STATEMENT_LATE, "", "bank");
        }
        return late ? now.plus(Duration.ofDays(1L + weather.draw(DAYS_LATE))) : now;
    }

    /** The lines that can be had by now, or at the end all; each as often as it is asked for, until it is entered. */
    public List<Line> statement(Instant now, boolean all) {
        return pending.stream().filter(line -> all || !line.from().isAfter(now)).toList();
    }

    /** The operator has entered a line: a rejected payout is owed again. */
    public void entered(Line line) {
        if (pending.remove(line) && line.rejected()) {
            paidCents.merge(line.stall(), -line.cents(), Long::sum);
        }
    }

    /** What each stall was paid in all, less what came back. */
    public Map<Long, Long> paidCents() {
        return new TreeMap<>(paidCents);
    }
}
