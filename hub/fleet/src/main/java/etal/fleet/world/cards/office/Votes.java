package etal.fleet.world.cards.office;

import etal.fleet.auditor.Reckoning;
import etal.fleet.auditor.cards.Voted;
import etal.fleet.auditor.cards.Wish;
import etal.fleet.market.VotedRules;
import etal.fleet.world.sim.fund.SimFund;
import etal.hub.members.PublishedRules;
import etal.hub.members.PublishedRules.ProductList;
import etal.hub.members.PublishedRules.SchemeVersion;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.Product;
import etal.protocol.cose.Hash;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * What the fund has voted: its rules, and new versions of scheme and product list from a day on. Not thread-safe.
 */
public final class Votes {
    private static final int VERSIONS_MOST = 4;
    /** Of families that a scheme does not name, in percent, one version after the other; under Dieulefit's rules of vegetables too. */
    private static final List<Integer> PERCENTS = List.of(100, 60, 85, 45);

    private static final int LEAVES_ONE_IN = 5;
    private static final int LESS_ONE_IN = 7;
    private static final int LESS_PERCENT = 40;

    private final SimFund fund;
    private final List<Version> versions = new ArrayList<>();

    private record Version(Scheme scheme, String yaml, Catalogue catalogue) {}

    /** As a fund begins. */
    public Votes(SimFund fund) {
        this.fund = fund;
        versions.add(new Version(fund.scheme(), fund.yaml(), fund.catalogue()));
    }

    /** Others from that day on; false when the last ones do not hold yet, or there were enough. */
    public boolean vote(LocalDate holdsFrom, Instant now) {
        Scheme newest = versions.getLast().scheme();
        if (newest.holdsFromMillis() > now.toEpochMilli() || versions.size() == VERSIONS_MOST) {
            return false;
        }
        int percent = PERCENTS.get(versions.size());
        String yaml = fund.yaml()
                .replaceFirst("(?m)^version: .*$", "version: " + (newest.version() + 1))
                .replaceFirst("(?m)^holdsFrom: .*$", "holdsFrom: " + holdsFrom)
                .replaceFirst("(?m)^  otherFamilies: .*$", "  otherFamilies: " + percent)
                .replace("{ family: legumes, coverage: 100 }", "{ family: legumes, coverage: " + percent + " }");
        versions.add(new Version(read(yaml), yaml, list(versions.size())));
        return true;
    }

    private static Scheme read(String yaml) {
        return switch (SchemeFile.read(yaml, "voted")) {
            case SchemeReading.Read(Scheme scheme) -> scheme;
            case SchemeReading.Faulty faulty -> throw new IllegalStateException(faulty.toString());
        };
    }

    /** Some products leave the list, of some the fund pays less. */
    private Catalogue list(int version) {
        var products = new ArrayList<Product>();
        for (Product product : fund.catalogue().products()) {
            int place = products.size() + version;
            int percent = place % LEAVES_ONE_IN == 0
                    ? 0
                    : place % LESS_ONE_IN == 0
                            ? Math.min(LESS_PERCENT, product.coveragePercent())
                            : product.coveragePercent();
            products.add(new Product(
                    product.id(),
                    product.name(),
                    product.family(),
                    product.unitPriceCents(),
                    product.vatPermille(),
                    percent,
                    product.labels()));
        }
        return new Catalogue(products);
    }

    /** As the operator has named them to the hub. */
    public PublishedRules published() {
        if (versions.size() == 1) {
            return new PublishedRules(fund.scheme(), fund.yaml(), fund.catalogue());
        }
        var schemes = new ArrayList<SchemeVersion>();
        var lists = new ArrayList<ProductList>();
        for (Version version : versions) {
            schemes.add(new SchemeVersion(version.scheme(), version.yaml(), "scheme"));
            lists.add(new ProductList(
                    version.catalogue(), Optional.of(version.scheme().holdsFrom()), "catalogue"));
        }
        return new PublishedRules(schemes, lists);
    }

    /** The same in the auditor's words. */
    public Voted voted() {
        var schemes = new LinkedHashMap<Long, Voted.Version>();
        var lists = new LinkedHashMap<String, java.util.Map<String, Integer>>();
        for (Version version : versions) {
            Scheme scheme = version.scheme();
            schemes.put(scheme.version(), new Voted.Version(VotedRules.of(scheme), scheme.holdsFromMillis()));
            lists.put(Hash.hex(Hash.sha256(version.catalogue().encode())), VotedRules.percents(version.catalogue()));
        }
        return new Voted(schemes, lists);
    }

    /** What the fund pays of a wish at least, whichever of its rules hold. */
    public long coveredCents(Wish wish) {
        var rich = new Reckoning.Purses(Integer.MAX_VALUE, 0, 0);
        long chosen = fund.entitlement().pointOfSale();
        return versions.stream()
                .mapToLong(version -> Reckoning.of(
                                VotedRules.of(version.scheme()),
                                wish.stall(),
                                chosen,
                                wish.lines(VotedRules.percents(version.catalogue())),
                                rich)
                        .covered())
                .min()
                .orElseThrow();
    }
}
