package etal.fleet.world.crash;

import etal.fleet.world.sim.fund.FundKeys;
import etal.fleet.world.sim.fund.FundMaker;
import etal.fleet.world.sim.fund.MadeCard;
import etal.fleet.world.sim.fund.MadeTerminal;
import etal.fleet.world.sim.fund.SimFund;
import etal.hub.members.PublishedRules;
import etal.protocol.card.Entitlement;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.Product;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.KeyUpdates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A fund for one world: two stalls, the auditor's own terminal, and cards. Immutable, made once for many worlds.
 *
 * @param entitlement what each card loads
 * @param keyUpdates new keys that it may give its cards
 */
public record CrashFund(
        SimFund fund,
        FundKeys keys,
        List<MadeTerminal> stalls,
        MadeTerminal auditor,
        List<MadeCard> cards,
        Entitlement entitlement,
        KeyUpdates keyUpdates) {
    static final long FUND = 1;
    static final int STALLS = 2;
    private static final int CARDS = 1;
    private static final List<String> PRODUCTS = List.of("salade", "picodon", "vin rouge", "gigot");
    private static final long AUDITOR = 99;
    private static final long SEED = 6;

    /** The fund of a scheme that ships; a card of it loads so many skipped months along. */
    public static CrashFund make(String scheme, int catchUpMonths) throws IOException {
        SimFund fund = brief(SimFund.of(scheme, FUND));
        Entitlement usual = fund.entitlement();
        var entitlement = new Entitlement(
                usual.amountCents(),
                usual.earnableCents(),
                usual.keepCents(),
                usual.pointOfSale(),
                usual.firstPeriod(),
                usual.lastPeriod(),
                catchUpMonths,
                usual.version());
        try (FundMaker maker = FundMaker.open(FUND, SEED)) {
            var stalls = new ArrayList<MadeTerminal>();
            for (long number = 1; number <= STALLS; number++) {
                stalls.add(maker.terminal(new LedgerId(number, 1)));
            }
            MadeTerminal auditor = maker.terminal(new LedgerId(AUDITOR, 1));
            var cards = new ArrayList<MadeCard>();
            for (int card = 0; card < CARDS; card++) {
                cards.add(maker.card(entitlement));
            }
            return new CrashFund(
                    fund,
                    maker.keys(),
                    List.copyOf(stalls),
                    auditor,
                    List.copyOf(cards),
                    entitlement,
                    maker.keyUpdates(1));
        }
    }

    /** The same rules without the file's remarks and with few products: they are read again at every start. */
    private static SimFund brief(SimFund whole) {
        String yaml = whole.yaml().replaceAll("(?m)^\\s*#.*\\R", "").replaceAll("(?m)\\s+#.*$", "");
        List<Product> few = whole.catalogue().products().stream()
                .filter(product -> PRODUCTS.contains(product.id()))
                .toList();
        return new SimFund(whole.scheme(), yaml, new Catalogue(few), whole.entitlement());
    }

    PublishedRules rules() {
        return new PublishedRules(fund.scheme(), fund.yaml(), fund.catalogue());
    }

    @Override
    public String toString() {
        return "fund " + fund.scheme().id();
    }
}
