package etal.fleet.auditor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.fleet.market.VotedRules;
import etal.protocol.card.Balances;
import etal.protocol.ledger.FundedLine;
import etal.protocol.scheme.Convention;
import etal.protocol.scheme.PointsOfSale;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.ShippedSchemes;
import etal.protocol.split.CardState;
import etal.protocol.split.Plan;
import etal.protocol.split.PointOfSale;
import etal.protocol.split.Split;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine and the auditor have been written apart; under the rules of every fund they come to the same cents. */
class ReckoningTest {
    private static final int BASKETS = 2_000;

    static List<String> funds() {
        return ShippedSchemes.ids();
    }

    @ParameterizedTest
    @MethodSource("funds")
    void the_engine_and_the_auditor_agree_on_every_purchase(String fund) {
        Scheme scheme = ShippedSchemes.scheme(fund);
        Rules rules = VotedRules.of(scheme);
        List<Long> places = places(scheme.convention().pointsOfSale());
        for (long seed = 0; seed < BASKETS; seed++) {
            var random = new SplittableRandom(seed);
            long place = places.get(random.nextInt(places.size()));
            long chosen = random.nextBoolean() ? place : random.nextLong(3);
            List<FundedLine> lines = lines(scheme, random);
            Balances balances = new Balances(cents(random), cents(random), cents(random));
            Plan plan = Split.split(lines, scheme, new PointOfSale(place, "1"), new CardState(balances, chosen));
            Reckoning.Shares shares = Reckoning.of(
                    rules,
                    place,
                    chosen,
                    lines.stream()
                            .map(line -> new Reckoning.Line(
                                    line.family(), line.labels(), line.priceCents(), line.coveragePercent()))
                            .toList(),
                    new Reckoning.Purses(balances.allocation(), balances.bonus(), balances.earnable()));
            long bonus = plan.deltas().bonus() - plan.bonusEarnedCents();
            assertEquals(
                    shares,
                    new Reckoning.Shares(
                            plan.coveredCents(), -plan.deltas().allocation(), -bonus, plan.bonusEarnedCents()),
                    "seed " + seed);
        }
    }

    /** Those of the register, and one that nobody knows. */
    private static List<Long> places(PointsOfSale points) {
        var places = new TreeSet<Long>();
        points.register().forEach(point -> places.add(point.id()));
        places.add(999L);
        return List.copyOf(places);
    }

    private static List<FundedLine> lines(Scheme scheme, SplittableRandom random) {
        var families = new ArrayList<>(List.of("legumes", "pain", "autre"));
        scheme.convention().families().stream().map(Convention.Family::family).forEach(families::add);
        var labels = new LinkedHashSet<>(List.of("bio", "local", "durable", "base"));
        var lines = new ArrayList<FundedLine>();
        for (int count = random.nextInt(8); count >= 0; count--) {
            lines.add(new FundedLine(
                    families.get(random.nextInt(families.size())),
                    1,
                    cents(random),
                    55,
                    1 + random.nextInt(100),
                    labels.stream()
                            .filter(label -> random.nextInt(3) == 0)
                            .sorted()
                            .toList()));
        }
        return lines;
    }

    private static long cents(SplittableRandom random) {
        return random.nextLong(1L << random.nextInt(1, 20));
    }
}
