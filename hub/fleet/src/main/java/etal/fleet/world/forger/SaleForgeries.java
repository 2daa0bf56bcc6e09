package etal.fleet.world.forger;

import static etal.fleet.world.forger.Forged.unless;

import etal.port.StorageFailed;
import etal.protocol.card.Deltas;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.virtualcard.VirtualCard;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/** Sales that a stall makes at the wrong time, or with copies of a card. */
final class SaleForgeries {
    private static final Deltas RIGHT = HubForgeries.RIGHT;
    private static final LocalDate DAY = LocalDate.of(2025, 4, 2);

    private SaleForgeries() {}

    static void oldRules(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            Hand hand = HubForgeries.paidOnce(market, new Pen(market));
            var pen = new Pen(market);
            List<String> before = Pen.stallsMoney(market);
            CardProof proof = pen.paid(hand, 900, List.of(Pen.SALAD), RIGHT);
            var newer = new Body.RulesApplied(pen.rules().id(), pen.rules().version() + 1, new byte[32], new byte[32]);
            pen.post(pen.write(newer), pen.write(pen.sale(900, List.of(Pen.SALAD), proof)));
            unless(
                    Pen.stallsMoney(market).equals(before),
                    "the hub pays under rules that the stall knew to be superseded");
        }
    }

    static void datedBack(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            Hand hand = HubForgeries.paidOnce(market, new Pen(market));
            market.buy("b2");
            market.pass();
            var pen = new Pen(market);
            List<String> before = Pen.stallsMoney(market);
            CardProof proof = pen.paid(hand, 900, List.of(Pen.SALAD), RIGHT);
            pen.post(pen.dated(pen.sale(900, List.of(Pen.SALAD), proof), Duration.ofDays(3)));
            unless(Pen.stallsMoney(market).equals(before), "the hub pays a sale that is dated back");
        }
    }

    /** What waited in suspense leaves it for the stall, and the card pays once. */
    static void afterEvening(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            Hand hand = HubForgeries.paidOnce(market, new Pen(market));
            var pen = new Pen(market);
            CardProof proof = pen.paid(hand, 900, List.of(Pen.SALAD), RIGHT);
            pen.post(pen.write(Pen.carried(proof)));
            market.hub().reconcile(DAY, false);
            String waiting = "SELECT SUM(credit_cents - debit_cents) FROM posting WHERE account = '471'";
            unless(market.rows(waiting).equals(List.of("210")), "a payment without its sale does not wait");
            String card = "SELECT SUM(credit_cents - debit_cents) FROM posting WHERE account = '4672A'";
            List<String> before = market.rows(card);
            pen.post(pen.write(pen.sale(900, List.of(Pen.SALAD), proof)));
            unless(market.rows(card).equals(before), "the hub takes one payment from the card twice");
            unless(market.rows(waiting).equals(List.of("0")), "a payment waits for its sale, which has come");
        }
    }

    static void clonesPayment(ForgersFund fund) throws StorageFailed, Malformed {
        clone(fund, 1);
    }

    static void clonesNext(ForgersFund fund) throws StorageFailed, Malformed {
        clone(fund, 2);
    }

    /** Card and copy pay differently at one counter; of the copy the payment so many later is shown. */
    private static void clone(ForgersFund fund, int payments) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            VirtualCard copy = fund.card().chip();
            var copied = new Hand(fund.till(), copy, fund.card().certificate());
            var pen = new Pen(market);
            Hand hand = pen.hand();
            for (Hand each : List.of(hand, copied)) {
                each.load(CardForgeries.token(fund, ForgersFund.MONTH, 1));
            }
            CardProof first = pen.paid(hand, 900, List.of(Pen.SALAD), RIGHT);
            CardProof other = first;
            for (int payment = 1; payment <= payments; payment++) {
                other = pen.paid(copied, 900 + payment, List.of(Pen.SALAD), new Deltas(-210 - payment, 0, 0));
            }
            pen.post(pen.write(Pen.carried(first)));
            String query = "SELECT COUNT(*) FROM card_record";
            List<String> before = market.rows(query);
            pen.post(pen.write(Pen.carried(other)));
            unless(market.rows(query).equals(before), "the hub takes the record of a copy of a card");
            unless(
                    market.rows("SELECT COUNT(*) FROM quarantine").equals(List.of("1")),
                    "the hub does not say that there is a copy of a card");
        }
    }
}
