package etal.fleet.world.cards;

import etal.fleet.world.cards.carry.Carrier;
import etal.fleet.world.cards.errand.Errands;
import etal.fleet.world.cards.errand.LastRound;
import etal.fleet.world.cards.fault.Fault;
import etal.fleet.world.cards.fault.Flaw;
import etal.fleet.world.cards.fault.Weather;
import etal.fleet.world.cards.plan.MarketSize;
import etal.fleet.world.cards.plan.Omitted;
import etal.fleet.world.cards.plan.Steps;
import etal.fleet.world.witness.Quarantined;
import etal.fleet.world.witness.TillWords;
import etal.hub.reconcile.Evening.Extent;
import etal.hub.reconcile.Reconciliation;
import etal.port.StorageFailed;
import etal.protocol.card.Period;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.cose.Remembered;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * The market of cards: tills, cards and a hub from one seed. In a safety phase everything may go wrong, and whenever it is
 * quiet value is held together over cards, ledgers and hub; in the liveness phase nothing goes wrong any more, and within a
 * bound everything must be decided and acknowledged. The same seed, the same trace. Not thread-safe.
 */
public final class CardMarket {
    private static final Instant START = Instant.parse("2025-04-02T07:00:00Z");
    /** In a season the auditor looks once in so many days, and at the end: a look goes over all that ever was. */
    private static final int DAYS_AN_AUDIT = 60;

    /** In a season the evening looks at all that is stored once in so many days, and else at what came of the day. */
    private static final int DAYS_A_WHOLE_EVENING = 30;

    /** More than several games of this size meet. */
    private static final int REMEMBERED_MOST = 50_000;
    /** A till that starts again looks at all of its year. */
    private static final int REMEMBERED_MOST_IN_A_SEASON = 300_000;

    /** In a season, of thousands of taps, faults are so much rarer than in a game that is played for its faults. */
    private static final int RARER_IN_A_SEASON = 40;

    private static final int SECONDS_BETWEEN = 25;
    /** In a season twenty stalls serve at once, so somewhere the next errand begins sooner. */
    private static final int SECONDS_BETWEEN_IN_A_SEASON = 5;

    private static final Duration SYNC_STEP = Duration.ofSeconds(30);
    private static final long A_LITTLE_CENTS = 100;
    private static final int ROUNDS_MOST = 4;
    private static final int SYNC_STEPS_MOST = 20;
    private static final int LAST_MONTH = Period.of(2026, 3);

    private final MarketSize size;
    private final Flaw flaw;
    private final MarketFund.Known funds;
    private final IntConsumer dayOver;
    /** Markets of one fund begin alike, and sign, verify and agree on much that is the same. */
    private final Remembered remembered;

    /**
     * Markets of one size.
     *
     * @param flaw none but to show that the audit can fail
     */
    public CardMarket(MarketSize size, Flaw flaw) {
        this(size, flaw, day -> {});
    }

    /**
     * Markets of one size.
     *
     * @param flaw none but to show that the audit can fail
     * @param dayOver hears of each day of a season that is over
     */
    public CardMarket(MarketSize size, Flaw flaw, IntConsumer dayOver) {
        this.dayOver = dayOver;
        this.size = size;
        this.flaw = flaw;
        this.funds = new MarketFund.Known(size.terminals(), size.cards());
        this.remembered = new Remembered(size.days() == 0 ? REMEMBERED_MOST : REMEMBERED_MOST_IN_A_SEASON);
    }

    /**
     * What one seed led to.
     *
     * @param trace a hash over all that happened, 64 hexadecimal digits
     * @param counts how often what was done and what went wrong
     * @param simulatedSeconds the time that passed, what the calendar skipped left out
     * @param steps how many errands were begun before the liveness phase
     * @param fired the faults that happened, as {@link Omitted} names them, with their kinds
     */
    public record Outcome(
            long seed,
            String trace,
            List<String> violations,
            List<String> story,
            Map<String, Long> counts,
            long simulatedSeconds,
            int steps,
            Map<String, String> fired) {}

    /** Plays one seed. */
    public Outcome play(long seed) {
        return play(seed, Omitted.NOTHING);
    }

    /** Plays one seed without some of it. */
    public Outcome play(long seed, Omitted omitted) {
        return remembered.during(() -> played(seed, omitted));
    }

    private Outcome played(long seed, Omitted omitted) {
        var random = new SplittableRandom(seed);
        MarketFund fund = funds.of(seed);
        var weather = new Weather(random.split(), omitted);
        weather.rarer(size.days() == 0 ? 1 : RARER_IN_A_SEASON);
        var violations = new ArrayList<String>();
        int first = Period.of(LocalDate.ofInstant(START, fund.fund().scheme().zone()));
        try (var world = new MarketWorld(fund, weather, flaw, seed, START, first)) {
            world.story().tell("fund " + fund.fund().scheme().id());
            var market = new Market(world, random.split());
            var auditing = new Auditing(world, market);
            int steps = 0;
            try {
                steps = safety(world, market, auditing, new Steps(size, random.split(), omitted), violations);
                if (violations.isEmpty()) {
                    liveness(world, market, auditing, violations);
                }
            } catch (IllegalStateException broken) {
                violations.add(String.valueOf(broken.getMessage()));
            }
            return outcome(seed, world, auditing, steps, violations);
        } catch (StorageFailed | Malformed e) {
            throw new IllegalStateException("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private static Outcome outcome(long seed, MarketWorld world, Auditing auditing, int steps, List<String> violations)
            throws StorageFailed {
        var traced = new ArrayList<>(world.story().sentences());
        for (Stall stall : world.stalls()) {
            stall.at(till -> till.headHash()).ifPresent(traced::add);
        }
        traced.addAll(auditing.lastWords());
        traced.addAll(violations);
        Quarantined.reasons(world.hub().store()).forEach(reason -> world.story().count("quarantine " + reason));
        String trace = Hash.hex(Hash.sha256(String.join("\n", traced).getBytes(StandardCharsets.UTF_8)));
        return new Outcome(
                seed,
                trace,
                List.copyOf(violations),
                world.story().sentences(),
                world.story().counts(),
                Duration.ofNanos(world.clock().monotonicNanos()).toSeconds(),
                steps,
                world.weather().fired());
    }

    /** The steps' number at which it ended. */
    private int safety(MarketWorld world, Market market, Auditing auditing, Steps steps, List<String> violations)
            throws StorageFailed, Malformed {
        var carrier = new Carrier(market, MarketFund.FUND);
        while (violations.isEmpty() && steps.next(market.taps())) {
            world.weather().step(steps.number(), steps.weatherDice());
            if (steps.practises() && !steps.omitted()) {
                market.step(steps.practiceDice());
                Errands.practise(market);
            }
            market.step(steps.peopleDice());
            if (steps.omitted()) {
                continue;
            }
            Errands.next(market, steps.season());
            violations.addAll(auditing.readBusyCards());
            market.seconds(1 + market.draw(steps.season() ? SECONDS_BETWEEN_IN_A_SEASON : SECONDS_BETWEEN));
            boolean over = steps.endsRush();
            carrier.walk(steps.carriersDice(), steps.season());
            if (over) {
                if (violations.isEmpty() && !market.oneIn(4)) {
                    boolean whole = !steps.season() || steps.day() % DAYS_A_WHOLE_EVENING == 0;
                    violations.addAll(quiet(
                            world,
                            auditing,
                            !steps.season() || steps.day() % DAYS_AN_AUDIT == 0,
                            whole ? Extent.WHOLE : Extent.DAY));
                }
                gap(world, market, steps.season());
                if (steps.season()) {
                    dayOver.accept(steps.day());
                }
            }
        }
        return steps.number();
    }

    /** Nothing goes wrong for a while: all tills on, all cables in, everything up; then value is held together. */
    private static List<String> quiet(MarketWorld world, Auditing auditing, boolean audited, Extent extent)
            throws StorageFailed, Malformed {
        List<Stall> cut =
                world.stalls().stream().filter(stall -> !stall.cable()).toList();
        world.calm(true);
        List<String> violations = new ArrayList<>(synced(world));
        if (violations.isEmpty()) {
            world.evenings().settle(today(world), world.clock().now(), false);
            Reconciliation evening = world.hub().core().reconcile(today(world), extent);
            if (!evening.i1().holds() || !evening.i3().holds()) {
                violations.add("the evening of " + evening.day() + " does not add up: " + evening.i1() + evening.i3());
            }
            violations.addAll(audited ? auditing.check(false) : List.of());
        }
        cut.forEach(stall -> stall.cable(false));
        world.calm(false);
        return violations;
    }

    private static LocalDate today(MarketWorld world) {
        return LocalDate.ofInstant(
                world.clock().now(), world.fund().fund().scheme().zone());
    }

    /** Within a bound the hub has acknowledged all that the tills have written. */
    private static List<String> synced(MarketWorld world) throws StorageFailed {
        for (Stall stall : world.stalls()) {
            stall.cable(true);
            world.renew(stall);
            world.mend(stall);
            if (!stall.start()) {
                return List.of(stall.name() + " does not start, and nothing goes wrong");
            }
        }
        world.crookSends(SYNC_STEP);
        for (int step = 0; step < SYNC_STEPS_MOST; step++) {
            world.pass(SYNC_STEP);
            if (waiting(world) == 0) {
                return List.of();
            }
        }
        return List.of(waiting(world) + " entries are not acknowledged after "
                + SYNC_STEP.multipliedBy(SYNC_STEPS_MOST).toMinutes() + " minutes in which nothing went wrong");
    }

    private static long waiting(MarketWorld world) throws StorageFailed {
        long waiting = 0;
        for (Stall stall : world.stalls()) {
            waiting += stall.at(till -> till.uplink().unacknowledged()).orElse(1L);
        }
        return waiting;
    }

    /** The market is over for today; the next one is later, next week, or in another month. */
    private static void gap(MarketWorld world, Market market, boolean season) throws StorageFailed {
        LocalDate today = market.today();
        long days = season
                ? 1
                : switch (market.draw(4)) {
                    case 0 -> 0;
                    case 1 -> 7;
                    case 2 -> today.until(today.plusMonths(1)).toTotalMonths() * 30 + 1;
                    default -> market.oneIn(3) ? 62 : 31;
                };
        if (Period.of(today.plusDays(days)) > LAST_MONTH) {
            days = 0;
        }
        world.evenings().evening(today(world), world.clock().now());
        market.laterBy(days == 0 ? Duration.ofMinutes(30) : Duration.ofDays(days));
        market.story().tell(days + " days later");
        if (!market.mishap(Fault.MONTH_LATE, "office")) {
            market.hubAgain();
        }
    }

    private static void liveness(MarketWorld world, Market market, Auditing auditing, List<String> violations)
            throws StorageFailed, Malformed {
        world.calm(true);
        world.post().strayed(true);
        world.hub().stolenLookedAt();
        market.hubAgain();
        world.evenings().settle(today(world), world.clock().now(), true);
        for (MemberCard card : List.copyOf(world.cards())) {
            if (auditing.forked(card)) {
                world.hub().deny(card.number());
            }
        }
        violations.addAll(synced(world));
        if (violations.isEmpty()) {
            readBack(world, market);
            violations.addAll(synced(world));
            // A run that was begun before the hub was restored is handed in once it pays again.
            world.evenings().settle(today(world), world.clock().now(), true);
            auditing.judge();
            LastRound.run(market, stall -> asking(world, auditing, stall));
            violations.addAll(auditing.readBusyCards());
            violations.addAll(wanted(world, market, auditing));
        }
        // Until the hub has heard of the closings it may be tomorrow: what was closed is looked at.
        LocalDate closed = today(world);
        if (violations.isEmpty()) {
            auditing.judgeGone();
        }
        for (Stall stall : world.stalls()) {
            stall.at(till -> till.closing().close(closed));
        }
        if (violations.isEmpty()) {
            violations.addAll(synced(world));
        }
        if (violations.isEmpty()) {
            var evening = world.hub().core().reconcile(closed, true);
            violations.addAll(honest(world, auditing.forked(), evening.differences()));
            violations.addAll(auditing.check(true));
        }
    }

    /**
     * What a till could not write down when its disk was full, or had not sent when it burnt, the hub hears from the card that
     * is laid down once more; from one that has nothing left to pay with when it loads its next month; and from one that loads
     * none any more when the operator, to whom its member complains, gives it a little.
     */
    private static List<String> wanted(MarketWorld world, Market market, Auditing auditing) throws StorageFailed {
        List<String> violations = new ArrayList<>(synced(world));
        List<MemberCard> silent = auditing.hubLacks();
        for (int round = 0; round < ROUNDS_MOST && violations.isEmpty() && !silent.isEmpty(); round++) {
            if (round == 1) {
                market.laterBy(Duration.ofDays(31));
                market.hubAgain();
            }
            for (MemberCard card : round >= 2 ? silent : List.<MemberCard>of()) {
                market.correct(card, A_LITTLE_CENTS);
            }
            violations.addAll(round == 0 ? List.of() : synced(world));
            world.story().count("rounds for records that the hub wants");
            world.pass(SYNC_STEP);
            LastRound.again(market);
            violations.addAll(auditing.readBusyCards());
            violations.addAll(synced(world));
            silent = auditing.hubLacks();
        }
        return violations;
    }

    /** A restored hub may wait for cards as long as a till may be offline, and then no longer. */
    private static void readBack(MarketWorld world, Market market) throws StorageFailed {
        if (world.hub().readingBack()) {
            world.hub().crookLost();
            int days = world.fund().fund().scheme().card().offlineDaysMost();
            market.laterBy(Duration.ofDays(days + 1L));
            market.hubAgain();
        }
    }

    /** What the hub names of a stall that cheats is to be named; of all others nothing may be. */
    private static List<String> honest(MarketWorld world, Set<String> forked, List<String> named) {
        List<String> differences = named.stream()
                .filter(each -> forked.stream().noneMatch(each::contains))
                // What lies there is looked at one by one, with the cards that it is about.
                .filter(each -> forked.isEmpty() || !each.startsWith("quarantine:"))
                .toList();
        if (world.anyCrook().isEmpty()) {
            return differences;
        }
        long crook = world.fund().crook().identity().id().terminal();
        return differences.stream()
                .filter(each -> !each.contains("t" + crook + "-e1")
                        && !each.contains("t" + crook + ":")
                        && !each.contains("terminal " + crook)
                        && !each.contains("Étal " + crook))
                .toList();
    }

    /** The cards of which a till still asks, and which could still tell. */
    private static List<MemberCard> asking(MarketWorld world, Auditing auditing, Stall stall) throws StorageFailed {
        Map<String, Long> asked = TillWords.asked(stall.store());
        var asking = new ArrayList<MemberCard>();
        for (MemberCard card : world.cards()) {
            Long counter = asked.get(Hash.hex(card.certificate().cardId()));
            if (counter != null && !auditing.forked(card) && auditing.remembers(card, counter)) {
                asking.add(card);
            }
        }
        return asking;
    }
}
