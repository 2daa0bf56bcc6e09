package etal.fleet.real.stall;

import etal.fleet.world.sim.fund.FundKeys;
import etal.fleet.world.sim.fund.FundMaker;
import etal.fleet.world.sim.fund.MadeCard;
import etal.fleet.world.sim.fund.MadeTerminal;
import etal.fleet.world.sim.fund.SimFund;
import etal.protocol.ledger.LedgerId;
import etal.protocol.scheme.file.ShippedSchemes;
import java.io.IOException;

/**
 * A fund with one terminal and one card, made from a seed: the same in the test and in the process that it harms.
 *
 * @param keys TEST SECRETS
 * @param trustPem what anyone trusts, as a file
 */
public record StallFund(SimFund rules, FundKeys keys, String trustPem, MadeTerminal terminal, MadeCard card) {
    static final long FUND = 1;
    static final LedgerId LEDGER = new LedgerId(1, 1);
    private static final long SEED = 6;

    /** Makes it. */
    public static StallFund make() throws IOException {
        SimFund rules = SimFund.of(ShippedSchemes.DIEULEFIT, FUND);
        try (FundMaker maker = FundMaker.open(FUND, SEED)) {
            return new StallFund(
                    rules, maker.keys(), maker.trustPem(), maker.terminal(LEDGER), maker.card(rules.entitlement()));
        }
    }

    @Override
    public String toString() {
        return "a fund of one stall";
    }
}
