package etal.fleet.world.sim;

import etal.fleet.auditor.Reckoning;
import etal.fleet.market.OwnMarket;
import etal.fleet.market.VotedRules;
import etal.fleet.world.place.FundScheme;
import etal.hub.members.PublishedRules;
import etal.hub.members.PublishedRules.ProductList;
import etal.hub.members.PublishedRules.SchemeVersion;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.CatalogueCsv;
import etal.protocol.catalogue.CatalogueReading;
import etal.protocol.catalogue.Product;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import etal.terminal.basket.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Rules that change at the midnight in the middle of a market: scheme and product list both get a second version. Some seeds
 * publish it before the market, some while it goes on; in some the till has no network then, or over midnight.
 *
 * @param before how long before midnight the market begins
 * @param tick how long the till takes for each thing it does with its store or a card
 * @param publishAt before which errand the second version is published, from 0
 * @param cutAt before which errand the till's cable is pulled, from 1
 * @param plugAt before which errand it is plugged in again; the same as {@code cutAt}: never pulled
 */
record RuleChange(Duration before, Duration tick, int publishAt, int cutAt, int plugAt) {
    /** Midnight in Paris, in summer. */
    static final Instant MIDNIGHT = Instant.parse("2025-04-02T22:00:00Z");

    private static final Duration NEAR = Duration.ofSeconds(40);
    private static final String SECOND_DAY = "2025-04-03";
    /** Of each so many products one leaves the list, and one that was not in it comes in. */
    private static final int LEAVES = 4;

    /** Which version of scheme and list a sale is made under. */
    enum Version {
        FIRST,
        SECOND
    }

    /** As chance has it. */
    static RuleChange by(SplittableRandom random, int errands) {
        var before = Duration.ofSeconds(90 + random.nextInt(240));
        int publishAt = random.nextInt(errands / 4);
        // Not before the first: a till that has never heard of any rules does not sell.
        int cutAt = 1 + random.nextInt(errands - 1);
        int plugAt = random.nextInt(3) == 0 ? cutAt : cutAt + 1 + random.nextInt(errands - cutAt);
        return new RuleChange(before, Duration.ofSeconds(1), publishAt, cutAt, plugAt);
    }

    /** When the market begins. */
    Instant start() {
        return MIDNIGHT.minus(before);
    }

    /** Whether midnight is near: then cards are torn and plugs pulled most, or the seeds would hardly meet it. */
    static boolean isNear(Instant now) {
        return Duration.between(MIDNIGHT, now).abs().compareTo(NEAR) < 0;
    }

    /** What the fund publishes until then. */
    static PublishedRules first() {
        return new PublishedRules(scheme(Version.FIRST), yaml(Version.FIRST), catalogue(Version.FIRST));
    }

    /** What it publishes from then on. */
    static PublishedRules both() {
        var schemes = new ArrayList<SchemeVersion>();
        var lists = new ArrayList<ProductList>();
        for (Version version : Version.values()) {
            Scheme scheme = scheme(version);
            schemes.add(new SchemeVersion(scheme, yaml(version), version + ".yaml"));
            lists.add(new ProductList(
                    catalogue(version), Optional.of(scheme.holdsFrom()), version + ".csv:1: holdsFrom"));
        }
        return new PublishedRules(schemes, lists);
    }

    static Scheme scheme(Version version) {
        return switch (SchemeFile.read(yaml(version), version.name())) {
            case SchemeReading.Read(Scheme scheme) -> scheme;
            case SchemeReading.Faulty faulty -> throw new IllegalStateException(faulty.toString());
        };
    }

    /** The second version gives half of vegetables and 70 % of dairy. */
    private static String yaml(Version version) {
        return version == Version.FIRST
                ? FundScheme.yaml()
                : FundScheme.yaml()
                        .replaceFirst("(?m)^version: .*$", "version: 2")
                        .replaceFirst("(?m)^holdsFrom: .*$", "holdsFrom: " + LocalDate.parse(SECOND_DAY))
                        .replace("{ family: legumes, coverage: 100 }", "{ family: legumes, coverage: 50 }")
                        .replace("{ family: laitier, coverage: 100 }", "{ family: laitier, coverage: 70 }");
    }

    static Catalogue catalogue(Version version) {
        String csv = OwnMarket.catalogueCsv();
        if (version == Version.SECOND) {
            var lines = new ArrayList<String>(csv.lines().toList());
            for (int i = 1; i < lines.size(); i += LEAVES) {
                String line = lines.get(i);
                lines.set(i, line.endsWith(",yes") ? line.replaceAll(",yes$", ",no") : line.replaceAll(",no$", ",yes"));
            }
            csv = String.join("\n", lines) + "\n";
        }
        return switch (CatalogueCsv.read(csv, OwnMarket.CATALOGUE)) {
            case CatalogueReading.Read(Catalogue catalogue) -> catalogue;
            case CatalogueReading.Faulty faulty -> throw new IllegalStateException(faulty.toString());
        };
    }

    /** What a card that holds so much pays of a basket under a version, in the auditor's own words. */
    static long cardCents(Version version, List<Wanted> basket, long heldCents) {
        Catalogue catalogue = catalogue(version);
        var lines = new ArrayList<Reckoning.Line>();
        for (Wanted wanted : basket) {
            Product product = catalogue.find(wanted.product()).orElseThrow();
            lines.add(new Reckoning.Line(
                    product.family(),
                    List.of(),
                    product.unitPriceCents() * wanted.quantity(),
                    product.coveragePercent()));
        }
        return Reckoning.of(VotedRules.of(scheme(version)), 1, 0, lines, new Reckoning.Purses(heldCents, 0, 0))
                .card();
    }

    /** Whether a card that holds enough pays something of a basket under either version. */
    static boolean payable(List<Wanted> basket) {
        for (Version version : Version.values()) {
            if (cardCents(version, basket, SimTrust.ENTITLEMENT_CENTS) == 0) {
                return false;
            }
        }
        return true;
    }
}
