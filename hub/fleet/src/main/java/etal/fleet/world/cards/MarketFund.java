package etal.fleet.world.cards;

import etal.fleet.auditor.Rules;
import etal.fleet.market.VotedRules;
import etal.fleet.world.cards.collusion.Crook;
import etal.fleet.world.cards.machine.Terminals;
import etal.fleet.world.sim.fund.FundKeys;
import etal.fleet.world.sim.fund.FundMaker;
import etal.fleet.world.sim.fund.MadeCard;
import etal.fleet.world.sim.fund.MadeTerminal;
import etal.fleet.world.sim.fund.SimFund;
import etal.protocol.catalogue.Product;
import etal.protocol.ledger.FundedLine;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.SchemeRef;
import etal.protocol.scheme.file.ShippedSchemes;
import etal.protocol.sync.KeyUpdates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A fund for a market: its keys, its stalls' terminals, terminals elsewhere that cards may meet, one more for the auditor,
 * its cards, and new keys that it may give them. Immutable, made once for many seeds.
 */
record MarketFund(
        SimFund fund,
        FundKeys keys,
        List<Terminals> stalls,
        List<MadeTerminal> elsewhere,
        MadeTerminal auditor,
        MadeTerminal crook,
        List<MadeCard> cards,
        KeyUpdates keyUpdates) {
    private static final int KEY_UPDATES = 2;

    static final long FUND = 1;
    /** More than a card remembers. */
    private static final int ELSEWHERE = 34;

    private static final long FIRST_ELSEWHERE = 100;
    private static final long AUDITOR = 99;

    static MarketFund make(String id, int terminals, int cards, long seed) throws IOException {
        SimFund fund = SimFund.of(id, FUND);
        try (FundMaker maker = FundMaker.open(FUND, seed)) {
            var stalls = new ArrayList<Terminals>();
            for (long number = 1; number <= terminals; number++) {
                stalls.add(Terminals.make(maker, number));
            }
            List<MadeTerminal> elsewhere = terminals(maker, FIRST_ELSEWHERE, ELSEWHERE);
            MadeTerminal auditor = maker.terminal(new LedgerId(AUDITOR, 1));
            MadeTerminal crook = maker.terminal(new LedgerId(terminals + 1L, 1));
            var made = new ArrayList<MadeCard>();
            for (int card = 0; card < cards; card++) {
                made.add(maker.card(fund.entitlement()));
            }
            return new MarketFund(
                    fund,
                    maker.keys(),
                    List.copyOf(stalls),
                    elsewhere,
                    auditor,
                    crook,
                    List.copyOf(made),
                    maker.keyUpdates(KEY_UPDATES));
        }
    }

    private static List<MadeTerminal> terminals(FundMaker maker, long first, int count) throws IOException {
        var made = new ArrayList<MadeTerminal>();
        for (long number = first; number < first + count; number++) {
            made.add(maker.terminal(new LedgerId(number, 1)));
        }
        return List.copyOf(made);
    }

    /** What a producer must know who writes a ledger by hand: the rules, and one thing to sell that they cover. */
    Crook.Voted votedForCrook() {
        Product product = fund.catalogue().products().stream()
                .filter(each -> each.coveragePercent() == 100)
                .findFirst()
                .orElseThrow();
        var line = new FundedLine(
                product.family(), 1, product.unitPriceCents(), product.vatPermille(), product.coveragePercent());
        return new Crook.Voted(
                FUND,
                new SchemeRef(fund.scheme().id(), fund.scheme().version()),
                voted(),
                line,
                fund.entitlement().pointOfSale());
    }

    /** The rules as the auditor is told them. */
    Rules voted() {
        return VotedRules.of(fund.scheme());
    }

    /** The funds of one size in which seeds are played, each made once. Thread-safe. */
    static final class Known {
        private static final long FUND_SEED = 5;

        private final int terminals;
        private final int cards;
        private final List<String> ids = SimFund.withCards();
        private final Map<String, MarketFund> made = new ConcurrentHashMap<>();

        Known(int terminals, int cards) {
            this.terminals = terminals;
            this.cards = cards;
        }

        /** Every other seed is played under Dieulefit's rules, the rest under those of one fund after another. */
        MarketFund of(long seed) {
            String id = seed % 2 == 0
                    ? ShippedSchemes.DIEULEFIT
                    : ids.get((int) Math.floorMod(seed / 2, (long) ids.size()));
            return made.computeIfAbsent(id, this::make);
        }

        private MarketFund make(String id) {
            try {
                return MarketFund.make(id, terminals, cards, FUND_SEED);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
