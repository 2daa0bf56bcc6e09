package etal.fleet.world.sim;

import etal.fleet.auditor.Reckoning;
import etal.fleet.market.VotedRules;
import etal.fleet.world.sim.fund.SimFund;
import etal.port.StorageFailed;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.Product;
import etal.protocol.cose.Hash;
import etal.protocol.scheme.file.ShippedSchemes;
import etal.terminal.basket.Wanted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A market from one seed: a dozen errands of one member, with faults by chance. An even seed is a market over the midnight
 * from which other rules hold, see {@link RuleChange}; an odd one a market under the rules of one of the funds. The same
 * seed, the same trace. Thread-safe: each seed is a world of its own.
 */
public final class SeededRun {
    private static final long FUND_SEED = 1;
    private static final int ERRANDS = 12;
    private static final int STEPS_PER_FAULT = 25;

    private static final int TRIES_MAX = 10_000;

    private final List<String> funds = SimFund.withCards();
    private final Map<String, SimTrust> made = new ConcurrentHashMap<>();

    private SeededRun() {}

    /**
     * What one seed led to.
     *
     * @param trace a hash over all that happened, 64 hexadecimal digits
     * @param violation what was not kept, if anything
     * @param story what went wrong on the way
     * @param met which cases of a change of rules it has met
     */
    public record Outcome(long seed, String trace, Optional<String> violation, List<String> story, List<String> met) {}

    /** Funds in which many seeds can be played. */
    public static SeededRun funds() {
        return new SeededRun();
    }

    /** An odd seed is played under the rules of one fund after another, an even one under Dieulefit's. */
    private SimTrust trust(long seed) {
        boolean crossing = seed % 2 == 0;
        String id = crossing ? ShippedSchemes.DIEULEFIT : funds.get((int) Math.floorMod(seed / 2, (long) funds.size()));
        return made.computeIfAbsent(id, name -> {
            try {
                return SimTrust.make(SimFund.of(name, SimTrust.FUND), FUND_SEED);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
    }

    /** Plays one seed. */
    public Outcome play(long seed) {
        var random = new SplittableRandom(seed);
        boolean crossing = seed % 2 == 0;
        SimTrust trust = trust(seed);
        List<Errand> errands = errands(trust.fund(), random, crossing);
        Fate fate = Fate.byChance(random.split(), STEPS_PER_FAULT);
        @Nullable RuleChange change = crossing ? RuleChange.by(random.split(), ERRANDS) : null;
        Optional<String> violation = Optional.empty();
        String end = "";
        List<String> met = List.of();
        try (SimWorld world = new SimWorld(trust, fate, seed, change)) {
            new Shopping(world, fate, errands).play();
            end = world.till().headHash();
            met = world.met();
        } catch (Violation | IllegalStateException | StorageFailed e) {
            violation = Optional.of(String.valueOf(e.getMessage()));
        }
        var story = new ArrayList<String>();
        story.add("fund " + trust.fund().scheme().id());
        if (change != null) {
            story.add(change.toString());
        }
        story.addAll(fate.story());
        String trace = Hash.hex(Hash.sha256((story + end + violation).getBytes(StandardCharsets.UTF_8)));
        return new Outcome(seed, trace, violation, List.copyOf(story), met);
    }

    private static List<Errand> errands(SimFund fund, SplittableRandom random, boolean crossing) {
        var errands = new ArrayList<Errand>();
        var purses = new Reckoning.Purses(
                fund.entitlement().amountCents(), 0, fund.entitlement().earnableCents());
        for (int tries = 0; errands.size() < ERRANDS; tries++) {
            if (tries > TRIES_MAX) {
                throw new IllegalStateException(fund.scheme().id() + " covers nothing at this market");
            }
            List<Wanted> basket = basket(fund.catalogue(), random);
            Reckoning.Shares shares = Reckoning.of(
                    VotedRules.of(fund.scheme()),
                    SimFund.POINT_OF_SALE,
                    SimFund.POINT_OF_SALE,
                    lines(fund, basket),
                    purses);
            // A basket without anything conventioned is paid in cash and never meets the card.
            if (shares.covered() > 0 && (!crossing || RuleChange.payable(basket))) {
                errands.add(new Errand(
                        "b" + (errands.size() + 1),
                        basket,
                        shares.card(),
                        shares.earned(),
                        random.nextBoolean(),
                        random.nextInt(4) == 0));
                purses = new Reckoning.Purses(
                        purses.allocation() - shares.fromAllocation(),
                        purses.bonus() - shares.fromBonus() + shares.earned(),
                        purses.earnable() - shares.earned());
            }
        }
        return errands;
    }

    private static List<Reckoning.Line> lines(SimFund fund, List<Wanted> basket) {
        var lines = new ArrayList<Reckoning.Line>();
        for (Wanted wanted : basket) {
            Product product = fund.catalogue().find(wanted.product()).orElseThrow();
            // Only what the product list lets the fund cover goes into the split.
            if (product.coveragePercent() > 0) {
                lines.add(new Reckoning.Line(
                        product.family(),
                        product.labels(),
                        product.unitPriceCents() * wanted.quantity(),
                        product.coveragePercent()));
            }
        }
        return lines;
    }

    private static List<Wanted> basket(Catalogue catalogue, SplittableRandom random) {
        var basket = new ArrayList<Wanted>();
        int lines = 1 + random.nextInt(4);
        for (int i = 0; i < lines; i++) {
            Product product =
                    catalogue.products().get(random.nextInt(catalogue.products().size()));
            var wanted = new Wanted(product.id(), 1 + random.nextInt(3));
            basket.removeIf(line -> line.product().equals(wanted.product()));
            basket.add(wanted);
        }
        return basket;
    }
}
