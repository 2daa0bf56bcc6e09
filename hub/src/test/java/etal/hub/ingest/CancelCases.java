package etal.hub.ingest;

import static etal.hub.world.TestFund.vegetables;

import etal.hub.ingest.QuarantineTest.Case;
import etal.hub.world.TestFund;
import etal.protocol.card.Deltas;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SignedEntry;
import java.util.List;

/** Cancellations that fail. */
final class CancelCases {
    private CancelCases() {}

    static List<Case> all() {
        return List.of(
                new Case(Reason.UNKNOWN_SALE, "a cancellation of no sale", true, (fund, card) -> {
                    fund.three.append(
                            new Body.Cancellation(1, new byte[32], Body.Cancellation.OTHER, new byte[32], null, null));
                    fund.deliver(fund.three.batch());
                }),
                new Case(Reason.CANCELLED_ALREADY, "a sale cancelled twice", true, (fund, card) -> {
                    SignedEntry sold = fund.three.sellForCash();
                    fund.three.cancel(sold, null);
                    fund.three.cancel(sold, null);
                    fund.deliver(fund.three.batch());
                }),
                new Case(Reason.OTHER_AMOUNT, "a part of what was paid", true, (fund, card) -> {
                    SignedEntry sold = fund.three.sell(card, vegetables(1_000));
                    fund.deliver(fund.three.batch());
                    // What the producer is owed is paid out: it owes nothing for this either.
                    fund.hub.payOut(TestFund.DAY, "R1");
                    fund.three.append(
                            fund.three.cancelled(sold, fund.three.takeBack(card, sold, new Deltas(999, 0, 0))));
                    fund.deliver(fund.three.batch());
                }));
    }
}
