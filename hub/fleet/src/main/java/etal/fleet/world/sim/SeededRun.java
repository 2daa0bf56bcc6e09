package etal.fleet.world.sim;

import etal.fleet.market.OwnMarket;
import etal.fleet.world.place.FundScheme;
import etal.port.StorageFailed;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.Product;
import etal.protocol.cose.Hash;
import etal.protocol.scheme.Scheme;
import etal.terminal.basket.Wanted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A market from one seed: a dozen errands of one member, with faults by chance. An even seed is a market over the midnight
 * from which other rules hold, see {@link RuleChange}. The same seed, the same trace.
 */
public final class SeededRun {
    private static final long FUND_SEED = 1;
    private static final int ERRANDS = 12;
    private static final int STEPS_PER_FAULT = 25;

    private final SimTrust trust;
    private final Catalogue catalogue = OwnMarket.catalogue();
    private final Scheme scheme = FundScheme.dieulefit();

    private SeededRun(SimTrust trust) {
        this.trust = trust;
    }

    /**
     * What one seed led to.
     *
     * @param trace a hash over all that happened, 64 hexadecimal digits
     * @param violation what was not kept, if anything
     * @param story what went wrong on the way
     * @param met which cases of a change of rules it has met
     */
    public record Outcome(long seed, String trace, Optional<String> violation, List<String> story, List<String> met) {}

    /** A fund in which many seeds can be played. */
    public static SeededRun fund() throws IOException {
        return new SeededRun(SimTrust.make(FUND_SEED));
    }

    /** Plays one seed. */
    public Outcome play(long seed) {
        var random = new SplittableRandom(seed);
        boolean crossing = seed % 2 == 0;
        List<Errand> errands = errands(random, crossing);
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
        if (change != null) {
            story.add(change.toString());
        }
        story.addAll(fate.story());
        String trace = Hash.hex(Hash.sha256((story + end + violation).getBytes(StandardCharsets.UTF_8)));
        return new Outcome(seed, trace, violation, List.copyOf(story), met);
    }

    private List<Errand> errands(SplittableRandom random, boolean crossing) {
        var errands = new ArrayList<Errand>();
        long leftCents = SimTrust.ENTITLEMENT_CENTS;
        while (errands.size() < ERRANDS) {
            List<Wanted> basket = basket(random);
            long coveredCents = coveredCents(basket);
            // A basket without anything conventioned is paid in cash and never meets the card.
            if (coveredCents > 0 && (!crossing || RuleChange.payable(basket))) {
                long cardCents = Math.min(leftCents, coveredCents);
                errands.add(new Errand(
                        "b" + (errands.size() + 1), basket, cardCents, random.nextBoolean(), random.nextInt(4) == 0));
                leftCents -= cardCents;
            }
        }
        return errands;
    }

    private List<Wanted> basket(SplittableRandom random) {
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

    private long coveredCents(List<Wanted> basket) {
        long coveredCents = 0;
        for (Wanted wanted : basket) {
            Product product = catalogue.find(wanted.product()).orElseThrow();
            int percent =
                    scheme.convention().coveragePercent(product.family(), List.of(), product.coveragePercent(), 1);
            if (percent != 0 && percent != 100) {
                throw new IllegalStateException("the own market knows no partial coverage");
            }
            coveredCents += product.unitPriceCents() * wanted.quantity() * percent / 100;
        }
        return coveredCents;
    }
}
