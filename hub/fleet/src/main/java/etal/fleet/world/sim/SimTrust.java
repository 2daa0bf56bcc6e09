package etal.fleet.world.sim;

import etal.fleet.world.sim.fund.FundMaker;
import etal.fleet.world.sim.fund.MadeCard;
import etal.fleet.world.sim.fund.MadeTerminal;
import etal.fleet.world.sim.fund.SimFund;
import etal.hub.members.HubKeys;
import etal.protocol.ledger.LedgerId;
import etal.protocol.scheme.file.ShippedSchemes;
import etal.protocol.trust.TrustFile;
import java.io.IOException;

/**
 * The fund's keys, certificates and two personalised cards, made once from a seed by the real authority and the real desk.
 *
 * @param fund whose rules hold
 * @param terminal the till's
 * @param denied a card as genuine as the other, that was reported lost
 */
record SimTrust(SimFund fund, TrustFile trust, HubKeys hubKeys, MadeTerminal terminal, MadeCard card, MadeCard denied) {
    static final long FUND = 1;
    static final LedgerId LEDGER = new LedgerId(1, 1);
    /** What a card of Dieulefit loads each month. */
    static final long ENTITLEMENT_CENTS = 15_000;

    /** Dieulefit's. */
    static SimTrust make(long seed) throws IOException {
        return make(SimFund.of(ShippedSchemes.DIEULEFIT, FUND), seed);
    }

    static SimTrust make(SimFund fund, long seed) throws IOException {
        try (FundMaker maker = FundMaker.open(FUND, seed)) {
            return new SimTrust(
                    fund,
                    maker.keys().trust(),
                    maker.keys().hubKeys(),
                    maker.terminal(LEDGER),
                    maker.card(fund.entitlement()),
                    maker.card(fund.entitlement()));
        }
    }
}
