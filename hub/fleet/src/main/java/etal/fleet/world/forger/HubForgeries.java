package etal.fleet.world.forger;

import static etal.fleet.world.forger.Forged.unless;

import etal.hub.settle.PayoutRuns.Ordered;
import etal.port.CentralFund.Statement;
import etal.port.PeerUnreachable;
import etal.port.StorageFailed;
import etal.protocol.card.Deltas;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.FundedLine;
import etal.protocol.ledger.SchemeRef;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.Batch;
import etal.protocol.sync.Presence;
import etal.protocol.sync.SignedPresence;
import etal.protocol.sync.Topics;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** What strangers and dishonest stalls send to the hub: nothing of it may extend a ledger or move money. */
final class HubForgeries {
    /** What Dieulefit's rules give for {@link Pen#SALAD}. */
    static final Deltas RIGHT = new Deltas(-210, 0, 0);

    private static final LocalDate DAY = LocalDate.of(2025, 4, 2);

    private HubForgeries() {}

    static List<Attempt> all() {
        return List.of(
                new Attempt("an entry with another signature", HubForgeries::badSignature),
                new Attempt("a stranger's chain of certificates", HubForgeries::strangersChain),
                new Attempt("another terminal's chain", HubForgeries::othersChain),
                new Attempt("an entry on another one before", HubForgeries::otherBefore),
                new Attempt("a stall's own sale", HubForgeries::honest),
                new Attempt("a record that no card has signed", HubForgeries::unsignedRecord),
                new Attempt("more than the rules give", HubForgeries::otherSplit),
                new Attempt("other lines than the card has signed", HubForgeries::otherLines),
                new Attempt("one record in two sales", HubForgeries::usedTwice),
                new Attempt("rules that nobody has published", HubForgeries::unknownRules),
                new Attempt("rules that the stall knows to be superseded", SaleForgeries::oldRules),
                new Attempt("a sale dated back", SaleForgeries::datedBack),
                new Attempt("a sale that comes after the evening", SaleForgeries::afterEvening),
                new Attempt("a clone's payment", SaleForgeries::clonesPayment),
                new Attempt("a clone's next payment", SaleForgeries::clonesNext),
                new Attempt("a refund asked for twice", HubForgeries::refundTwice),
                new Attempt("a refund of a sale", HubForgeries::refundOfSale),
                new Attempt("a payout ordered again", HubForgeries::payoutAgain),
                new Attempt("a payout that the bank sends back", HubForgeries::payoutBack),
                new Attempt("a batch that leaves some out", HubForgeries::gap),
                new Attempt("a batch twice", HubForgeries::batchTwice),
                new Attempt("a presence with another signature", HubForgeries::presence));
    }

    private static byte[] spoiled(byte[] signed) {
        byte[] spoiled = signed.clone();
        spoiled[spoiled.length - 1] ^= 1;
        return spoiled;
    }

    private static Body note() {
        return new Body.TechnicalEvent(Body.TechnicalEvent.ORDER_REFUSED, "forged");
    }

    private static void badSignature(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            List<String> before = market.chains();
            var pen = new Pen(market);
            pen.post(List.of(spoiled(pen.write(note()).bytes())));
            unless(market.chains().equals(before), "the hub has taken an entry with a wrong signature");
        }
    }

    private static void strangersChain(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            List<String> before = market.chains();
            var pen = new Pen(market, fund.stranger());
            pen.post(pen.write(note()));
            unless(market.chains().equals(before), "the hub has taken an entry under a stranger's certificates");
        }
    }

    private static void othersChain(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            List<String> before = market.chains();
            var pen = new Pen(market, fund.other());
            pen.post(pen.write(note()));
            unless(market.chains().equals(before), "the hub has taken an entry that another terminal has signed");
        }
    }

    private static void otherBefore(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            List<String> before = market.chains();
            var pen = new Pen(market);
            pen.post(pen.write(Hash.sha256(new byte[0]), note()));
            unless(market.chains().equals(before), "the hub has taken an entry that does not follow the one before");
            unless(!market.rows("SELECT number FROM fork ORDER BY number").isEmpty(), "a fork is kept nowhere");
        }
    }

    static Hand paidOnce(SmallMarket market, Pen pen) throws Malformed {
        unless(market.buy("b1").cardCents() > 0, "an honest sale is not paid");
        market.pass();
        return pen.hand();
    }

    /** The control of those that follow: what card, rules and ledger agree on is paid to the stall. */
    private static void honest(ForgersFund fund) throws StorageFailed, Malformed {
        judged(fund, RIGHT, List.of(Pen.SALAD), true);
    }

    private static void otherSplit(ForgersFund fund) throws StorageFailed, Malformed {
        judged(fund, new Deltas(-250, 0, 0), List.of(Pen.SALAD), false);
    }

    private static void otherLines(ForgersFund fund) throws StorageFailed, Malformed {
        judged(fund, RIGHT, List.of(new FundedLine("legumes", 1, 300, 55, 70)), false);
    }

    private static void judged(ForgersFund fund, Deltas deltas, List<FundedLine> said, boolean payable)
            throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            Hand hand = paidOnce(market, new Pen(market));
            var pen = new Pen(market);
            List<String> before = Pen.stallsMoney(market);
            CardProof proof = pen.paid(hand, 900, List.of(Pen.SALAD), deltas);
            pen.post(pen.write(pen.sale(900, said, proof)));
            unless(
                    Pen.stallsMoney(market).equals(before) != payable,
                    payable
                            ? "the hub does not pay what card and rules say: "
                                    + market.rows("SELECT reason, detail FROM quarantine ORDER BY id")
                            : "the hub pays what card, lines and rules do not agree on");
        }
    }

    private static void unsignedRecord(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            Hand hand = paidOnce(market, new Pen(market));
            var pen = new Pen(market);
            CardProof proof = pen.paid(hand, 900, List.of(Pen.SALAD), RIGHT);
            List<String> before = market.books();
            var forged = new CardProof(proof.certificate(), proof.record(), spoiled(proof.signature()));
            pen.post(pen.write(pen.sale(900, List.of(Pen.SALAD), forged)));
            unless(market.books().equals(before), "the hub has booked a record that no card has signed");
        }
    }

    private static void usedTwice(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            Hand hand = paidOnce(market, new Pen(market));
            var pen = new Pen(market);
            CardProof proof = pen.paid(hand, 900, List.of(Pen.SALAD), RIGHT);
            pen.post(pen.write(pen.sale(900, List.of(Pen.SALAD), proof)));
            String query = "SELECT COUNT(*) FROM sale WHERE card IS NOT NULL";
            List<String> before = market.rows(query);
            pen.post(pen.write(pen.sale(900, List.of(Pen.SALAD), proof)));
            unless(market.rows(query).equals(before), "the hub counts one record of a card in two sales");
            unless(
                    !market.rows("SELECT id FROM quarantine ORDER BY id").isEmpty(),
                    "the hub does not say that a record of a card stands in two sales");
        }
    }

    private static void unknownRules(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            Hand hand = paidOnce(market, new Pen(market));
            var pen = new Pen(market);
            List<String> before = Pen.stallsMoney(market);
            var invented = new SchemeRef(pen.rules().id(), pen.rules().version() + 1);
            long counter = hand.look().newest().counter();
            hand.word(hand.debitCommand(900, counter, RIGHT, Pen.intent(900, invented, List.of(Pen.SALAD), RIGHT)));
            pen.post(pen.write(Pen.sale(900, invented, List.of(Pen.SALAD), hand.proof(counter + 1))));
            unless(Pen.stallsMoney(market).equals(before), "the hub pays under rules that nobody has published");
        }
    }

    private static void refundTwice(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            Hand hand = paidOnce(market, new Pen(market));
            var pen = new Pen(market);
            CardProof proof = pen.paid(hand, 900, List.of(Pen.SALAD), RIGHT);
            pen.post(pen.write(new Body.RefundRequest(900, proof)));
            pen.post(pen.write(new Body.RefundRequest(900, proof)));
            unless(
                    market.rows("SELECT COUNT(*) FROM refund_request").equals(List.of("1"))
                            && market.rows("SELECT COUNT(*) FROM card_order").equals(List.of("1")),
                    "the hub gives one payment back twice");
        }
    }

    private static void refundOfSale(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            Hand hand = paidOnce(market, new Pen(market));
            var pen = new Pen(market);
            CardProof proof = pen.paid(hand, 900, List.of(Pen.SALAD), RIGHT);
            pen.post(pen.write(pen.sale(900, List.of(Pen.SALAD), proof)));
            List<String> before = market.books();
            pen.post(pen.write(new Body.RefundRequest(900, proof)));
            unless(market.books().equals(before), "the hub gives back what a stall was paid for");
        }
    }

    private static Ordered order(SmallMarket market, String run) throws StorageFailed {
        try {
            return market.hub().payOut(DAY, run);
        } catch (PeerUnreachable gone) {
            throw new IllegalStateException("the embedded books are always there", gone);
        }
    }

    private static void say(SmallMarket market, boolean rejected, Ordered.Submitted of) throws StorageFailed {
        var payout = of.run().payouts().getFirst();
        var line = new Statement(
                payout.endToEndId(),
                rejected,
                payout.amountCents(),
                market.clock().now());
        try {
            market.hub().enter(line);
        } catch (PeerUnreachable gone) {
            throw new IllegalStateException("the embedded books are always there", gone);
        }
    }

    private static Ordered.Submitted firstPayout(SmallMarket market) throws StorageFailed, Malformed {
        paidOnce(market, new Pen(market));
        if (order(market, "R1") instanceof Ordered.Submitted submitted) {
            return submitted;
        }
        throw new Forged("what is owed to a stall is not paid out");
    }

    private static void payoutAgain(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            Ordered.Submitted first = firstPayout(market);
            unless(
                    order(market, "R1") instanceof Ordered.Submitted again
                            && Arrays.equals(again.document(), first.document()),
                    "a run that is handed in again is another one");
            unless(order(market, "R2") instanceof Ordered.NothingDue, "a stall is paid twice for one sale");
            say(market, false, first);
            say(market, false, first);
            unless(order(market, "R3") instanceof Ordered.NothingDue, "a stall is paid twice for one sale");
            unless(Pen.stallsMoney(market).equals(List.of("1 0")), "the hub owes the stall what it has paid");
        }
    }

    private static void payoutBack(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            Ordered.Submitted first = firstPayout(market);
            say(market, true, first);
            say(market, true, first);
            unless(
                    order(market, "R2") instanceof Ordered.Submitted second
                            && second.run().payouts().getFirst().amountCents()
                                    == first.run().payouts().getFirst().amountCents(),
                    "a payout that came back is not owed again, or is owed twice");
        }
    }

    private static void gap(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            List<String> before = market.chains();
            var pen = new Pen(market);
            SignedEntry left = pen.write(note());
            pen.post(pen.write(note()));
            unless(market.chains().equals(before), "the hub has taken an entry without the one before it");
            unless(
                    !market.gaps().isEmpty(),
                    "the hub does not ask for what it lacks: entry "
                            + left.entry().number());
        }
    }

    private static void batchTwice(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            unless(market.buy("b1").cardCents() > 0, "an honest sale is not paid");
            market.pass();
            List<String> before = market.books();
            market.toHub(new Batch(
                            1,
                            1,
                            fund.till().identity().chain(),
                            market.till().ledger().all())
                    .encode());
            unless(market.books().equals(before), "the hub books a batch anew that came again");
            unless(
                    market.rows("SELECT number FROM fork ORDER BY number").isEmpty(),
                    "the hub takes a batch that came again for a fork");
        }
    }

    private static void presence(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            long nowMillis = market.clock().now().toEpochMilli();
            var word = new Presence(1, 1, 1_000, nowMillis + 1_000);
            SignedPresence signed = SignedPresence.sign(
                    word,
                    fund.till().identity().kid(),
                    fund.stranger().identity().signer()::sign);
            long before = market.hub().version();
            market.say(Topics.here(ForgersFund.FUND, 1), signed.bytes());
            unless(market.hub().version() == before, "the hub believes a presence that its terminal has not signed");
        }
    }
}
