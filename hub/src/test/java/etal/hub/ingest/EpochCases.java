package etal.hub.ingest;

import etal.hub.ingest.QuarantineTest.Case;
import etal.hub.members.Fund;
import etal.hub.world.TestTerminal;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.PriceChosen;
import etal.protocol.ledger.Succession;
import java.util.List;

/** What can be wrong with terminals that were rebuilt or stolen. */
final class EpochCases {
    private EpochCases() {}

    static List<Case> all() {
        return List.of(
                new Case(Reason.WRONG_SUCCESSION, "another head of the epoch before", true, (fund, card) -> {
                    Succession other = new Succession(1, 2, new byte[32]);
                    fund.deliver(new TestTerminal(fund.authority, 3, 2, other, fund.scheme, fund.clock.now()).batch());
                }),
                new Case(Reason.STOLEN_TERMINAL, "a price on a thief's word", true, (fund, card) -> {
                    fund.three.sellAt(new PriceChosen("accessible", 2_000, 1_300));
                    Fund.Stolen stolen = new Fund.Stolen(new LedgerId(3, 1), Long.MAX_VALUE, 3, false);
                    Fund as = new Fund(
                            1,
                            fund.fund.pointsOfSale(),
                            fund.fund.debtor(),
                            fund.fund.period(),
                            0,
                            fund.fund.skewMillisMax(),
                            List.of(stolen));
                    fund.deliverTo(as, fund.three.batch());
                }));
    }
}
