package etal.fleet.world.forger;

import static etal.fleet.world.forger.Forged.unless;

import etal.port.Signer;
import etal.protocol.card.Balances;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.StatusWord;
import etal.protocol.card.order.CardOrder;
import etal.protocol.cbor.Malformed;
import java.util.List;

/** What is tried on a card with the fund's orders: each counts once, for its card, under the fund's signature. */
final class OrderForgeries {
    private static final int WINDOW = 64;
    private static final Deltas TEN = new Deltas(10, 0, 0);

    private OrderForgeries() {}

    static List<Attempt> all() {
        return List.of(
                new Attempt("a stranger's voucher", OrderForgeries::strangersVoucher),
                new Attempt("another card's voucher", OrderForgeries::othersVoucher),
                new Attempt("a voucher's number twice", OrderForgeries::numberTwice),
                new Attempt("a voucher out of the window", OrderForgeries::outOfWindow),
                new Attempt("a voucher that has ended", OrderForgeries::ended),
                new Attempt("a voucher torn at each write", OrderForgeries::torn),
                new Attempt("an old entitlement", OrderForgeries::oldEntitlement),
                new Attempt("a stranger's block order", OrderForgeries::strangersBlock),
                new Attempt("a payment after the block", OrderForgeries::paysBlocked));
    }

    private static Signer ours(ForgersFund fund) {
        return fund.keys().hubKeys().documents();
    }

    private static CardOrder.Add add(byte[] card, long number, int lastPeriod, long issued, Signer signer) {
        var head = new CardOrder.Head(ForgersFund.FUND, card, 0, issued);
        return CardOrder.Add.sign(head, number, lastPeriod, CardOrder.Reason.CORRECTION, TEN, signer::sign);
    }

    private static CardOrder.Add add(ForgersFund fund, Hand hand, long number, long issued) {
        return add(hand.cardId(), number, ForgersFund.MONTH + 5, issued, ours(fund));
    }

    private static void strangersVoucher(ForgersFund fund) throws Malformed {
        Hand hand = CardForgeries.loaded(fund);
        Balances before = CardForgeries.held(hand);
        Signer stranger = fund.strangersKeys().hubKeys().documents();
        hand.order(add(hand.cardId(), 1, ForgersFund.MONTH, 1, stranger));
        unless(CardForgeries.held(hand).equals(before), "the card has taken a voucher that its fund has not signed");
    }

    private static void othersVoucher(ForgersFund fund) throws Malformed {
        Hand hand = CardForgeries.loaded(fund);
        Balances before = CardForgeries.held(hand);
        hand.order(add(fund.card().certificate().cardId(), 1, ForgersFund.MONTH, 1, ours(fund)));
        unless(CardForgeries.held(hand).equals(before), "the card has taken another card's voucher");
    }

    private static void numberTwice(ForgersFund fund) throws Malformed {
        Hand hand = CardForgeries.loaded(fund);
        Balances before = CardForgeries.held(hand);
        unless(hand.order(add(fund, hand, 7, 1)) == StatusWord.DONE, "the card does not take its voucher");
        hand.order(add(fund, hand, 7, 2));
        unless(CardForgeries.held(hand).equals(before.plus(TEN)), "the card has taken a voucher's number twice");
    }

    private static void outOfWindow(ForgersFund fund) throws Malformed {
        Hand hand = CardForgeries.loaded(fund);
        hand.order(add(fund, hand, 100, 1));
        Balances before = CardForgeries.held(hand);
        hand.order(add(fund, hand, 100 - WINDOW, 2));
        unless(
                CardForgeries.held(hand).equals(before),
                "the card has taken a voucher of which it cannot know any more");
        unless(
                hand.order(add(fund, hand, 100 - WINDOW + 1, 3)) == StatusWord.DONE,
                "the card does not take the oldest voucher of which it knows");
    }

    private static void ended(ForgersFund fund) throws Malformed {
        Hand hand = CardForgeries.loaded(fund);
        Balances before = CardForgeries.held(hand);
        hand.order(add(hand.cardId(), 1, ForgersFund.MONTH - 1, 1, ours(fund)));
        unless(CardForgeries.held(hand).equals(before), "the card has taken a voucher that has ended");
    }

    /** Wherever power is lost, record and number are both there or neither. */
    private static void torn(ForgersFund fund) throws Malformed {
        Hand hand = CardForgeries.loaded(fund);
        for (int write = 1; write <= 4; write++) {
            Balances before = CardForgeries.held(hand);
            CardOrder.Add voucher = add(fund, hand, write, write);
            hand.look();
            hand.chip().tearAtWrite(write);
            hand.ask(hand.orderCommand(voucher));
            boolean taken = !CardForgeries.held(hand).equals(before);
            unless(
                    hand.look().vouchers().takes(write) != taken,
                    "torn at write " + write + " the card has a voucher's " + (taken ? "record" : "number")
                            + " and not its " + (taken ? "number" : "record"));
            hand.order(voucher);
            unless(
                    CardForgeries.held(hand).equals(before.plus(TEN)),
                    "a voucher torn at write " + write + " counts other than once");
        }
    }

    private static void oldEntitlement(ForgersFund fund) throws Malformed {
        Hand hand = CardForgeries.loaded(fund);
        Entitlement rich = ForgersFund.RICH;
        var more = new Entitlement(
                rich.amountCents() + 1,
                rich.earnableCents(),
                rich.keepCents(),
                0,
                rich.firstPeriod(),
                rich.lastPeriod(),
                rich.catchUpMonths(),
                rich.version());
        var head = new CardOrder.Head(ForgersFund.FUND, hand.cardId(), 0, 1);
        hand.order(CardOrder.Set.sign(head, more, ours(fund)::sign));
        unless(
                hand.look().entitlement().amountCents() == rich.amountCents(),
                "the card has taken an entitlement of a version that it has already");
    }

    private static void strangersBlock(ForgersFund fund) throws Malformed {
        Hand hand = CardForgeries.loaded(fund);
        var head = new CardOrder.Head(ForgersFund.FUND, hand.cardId(), 0, 1);
        hand.order(CardOrder.Block.sign(head, fund.strangersKeys().hubKeys().documents()::sign));
        unless(hand.debit(1, 100) == StatusWord.DONE, "a stranger has blocked the card");
    }

    private static void paysBlocked(ForgersFund fund) throws Malformed {
        Hand hand = CardForgeries.loaded(fund);
        var head = new CardOrder.Head(ForgersFund.FUND, hand.cardId(), 0, 1);
        hand.order(CardOrder.Block.sign(head, ours(fund)::sign));
        Balances before = CardForgeries.held(hand);
        hand.debit(1, 100);
        unless(CardForgeries.held(hand).equals(before), "a blocked card has paid");
    }
}
