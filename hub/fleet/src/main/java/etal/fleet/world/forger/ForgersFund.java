package etal.fleet.world.forger;

import etal.fleet.world.sim.fund.FundKeys;
import etal.fleet.world.sim.fund.FundMaker;
import etal.fleet.world.sim.fund.MadeCard;
import etal.fleet.world.sim.fund.MadeTerminal;
import etal.fleet.world.sim.fund.SimFund;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Period;
import etal.protocol.ledger.LedgerId;
import etal.protocol.scheme.file.ShippedSchemes;
import etal.protocol.sync.KeyUpdates;
import java.io.IOException;

/**
 * A fund, and a stranger who has made one of the same number. Made once for all attempts. Immutable.
 *
 * @param card a member's
 * @param rich another one's, whose entitlement has all that an entitlement can have
 */
record ForgersFund(
        SimFund fund,
        FundKeys keys,
        MadeTerminal till,
        MadeTerminal other,
        MadeCard card,
        MadeCard rich,
        KeyUpdates keyUpdates,
        FundKeys strangersKeys,
        MadeTerminal stranger,
        MadeCard strangersCard,
        KeyUpdates strangersUpdates) {
    static final long FUND = 1;
    static final int MONTH = Period.of(2025, 4);
    static final Entitlement RICH = new Entitlement(10_000, 2_000, 12_000, 0, MONTH, MONTH + 11, 2, 1);

    private static final long SEED = 11;
    private static final long STRANGERS_SEED = 12;
    private static final LedgerId LEDGER = new LedgerId(1, 1);

    static ForgersFund make() throws IOException {
        SimFund fund = SimFund.of(ShippedSchemes.DIEULEFIT, FUND);
        try (FundMaker ours = FundMaker.open(FUND, SEED);
                FundMaker theirs = FundMaker.open(FUND, STRANGERS_SEED)) {
            return new ForgersFund(
                    fund,
                    ours.keys(),
                    ours.terminal(LEDGER),
                    ours.terminal(new LedgerId(2, 1)),
                    ours.card(fund.entitlement()),
                    ours.card(RICH),
                    ours.keyUpdates(2),
                    theirs.keys(),
                    theirs.terminal(LEDGER),
                    theirs.card(fund.entitlement()),
                    theirs.keyUpdates(1));
        }
    }

    @Override
    public String toString() {
        return "a fund and a stranger's";
    }
}
