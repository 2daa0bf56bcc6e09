package etal.fleet.world.forger;

import static etal.fleet.world.forger.Forged.unless;

import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.StorageFailed;
import etal.protocol.card.Commands;
import etal.protocol.card.Deltas;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Wanted;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;

/** One payment whose answer does not come, or comes as something else: the card pays once, and the books say so. */
final class LostAnswers {
    private static final LocalDate DAY = LocalDate.of(2025, 4, 2);
    /** What the card pays of two salads. */
    private static final long EACH_CENTS = 260;
    /** What it pays for {@link Pen#SALAD}. */
    private static final long PEN_CENTS = 210;

    private LostAnswers() {}

    static List<Attempt> all() {
        return List.of(
                new Attempt("a day as it should be", LostAnswers::honestDay),
                new Attempt("DEBIT does not reach the card", fund -> doubtful(fund, LostAnswers::unheard)),
                new Attempt("DEBIT's answer is lost", fund -> doubtful(fund, LostAnswers::unanswered)),
                new Attempt("DEBIT's answer has another signature", fund -> doubtful(fund, LostAnswers::spoiled)),
                new Attempt("DEBIT's answer ends as a refusal", fund -> doubtful(fund, LostAnswers::refusedBehind)),
                new Attempt("a batch comes when the hub's disk is full", LostAnswers::unkeptBatch),
                new Attempt("the card has paid when the till's disk is full", LostAnswers::unkeptSale),
                new Attempt("the card pays elsewhere in between", LostAnswers::elsewhere),
                new Attempt("another stall's payment comes with the card", LostAnswers::carried),
                new Attempt("a stall gives up what the card has paid", fund -> givenUp(fund, true)),
                new Attempt("a stall keeps asking until the evening", fund -> givenUp(fund, false)));
    }

    private static void balanced(SmallMarket market) throws StorageFailed {
        market.pass();
        var closed = market.till().closing().close(DAY);
        unless(closed.entry() > 0, "the day is not closed");
        market.pass();
        List<String> differences = market.hub().reconcile(DAY, true).differences();
        unless(differences.isEmpty(), "the evening differs: " + differences);
        unless(
                market.rows("SELECT reason, detail FROM quarantine ORDER BY id").isEmpty(),
                "in quarantine: " + market.rows("SELECT reason, detail FROM quarantine ORDER BY id"));
    }

    private static void honestDay(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            for (String key : List.of("b1", "b2", "b3")) {
                unless(market.buy(key).state() == BasketState.PAID, "an honest sale is not paid");
            }
            var unused = market.till().stall().ringUp("b4", List.of(new Wanted("vin rouge", 1)), true);
            unused = market.till().stall().cash("b4");
            balanced(market);
            paid(market, 3);
        }
    }

    /** The card has paid so many baskets, and so many are the stall's. */
    private static void paid(SmallMarket market, int baskets) throws StorageFailed, Malformed {
        Hand hand = new Pen(market).hand();
        long left = market.fund().fund().entitlement().amountCents() - baskets * EACH_CENTS;
        long held = hand.look().newest().after().allocation();
        unless(held == left, "the card holds " + held + " after " + baskets + " payments, it must hold " + left);
        List<String> owed = Pen.stallsMoney(market);
        unless(owed.equals(List.of("1 " + baskets * EACH_CENTS)), "the hub owes the stall " + owed);
    }

    private interface Mishap {
        byte[] debit(CardChannel card, byte[] command) throws CardGone, etal.port.ReaderBroken;
    }

    private static byte[] unheard(CardChannel card, byte[] command) throws CardGone {
        throw new CardGone("before DEBIT");
    }

    private static byte[] unanswered(CardChannel card, byte[] command) throws CardGone, etal.port.ReaderBroken {
        var unused = card.transmit(command);
        throw new CardGone("after DEBIT");
    }

    private static byte[] spoiled(CardChannel card, byte[] command) throws CardGone, etal.port.ReaderBroken {
        byte[] answer = card.transmit(command).clone();
        answer[30] ^= 1;
        return answer;
    }

    private static byte[] refusedBehind(CardChannel card, byte[] command) throws CardGone, etal.port.ReaderBroken {
        byte[] answer = card.transmit(command).clone();
        answer[answer.length - 2] = 0x69;
        answer[answer.length - 1] = (byte) 0xC1;
        return answer;
    }

    private static void once(SmallMarket market, String key, Mishap mishap) {
        CardChannel card = market.channel(market.card());
        var unused = market.buy(
                key, command -> command[1] == Commands.DEBIT ? mishap.debit(card, command) : card.transmit(command));
    }

    private static void doubtful(ForgersFund fund, Mishap mishap) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            once(market, "b1", mishap);
            unless(market.buy("b1").state() == BasketState.PAID, "a basket in doubt is not paid when the card is back");
            unless(market.buy("b2").state() == BasketState.PAID, "the basket after one in doubt is not paid");
            balanced(market);
            paid(market, 2);
        }
    }

    /** What the hub cannot commit it does not acknowledge, and it comes again. */
    private static void unkeptBatch(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            market.cable(false);
            unless(market.buy("b1").state() == BasketState.PAID, "an honest sale is not paid");
            long kept = market.till().uplink().acknowledged();
            market.hubDiskFull(true);
            market.cable(true);
            market.pass();
            unless(
                    market.till().uplink().acknowledged() == kept,
                    "the till takes entries for acknowledged that the hub could not keep");
            market.hubDiskFull(false);
            balanced(market);
            paid(market, 1);
        }
    }

    /** What the till cannot commit it does not show as paid, and the card pays it once. */
    private static void unkeptSale(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            var shown = new TreeSet<BasketState>();
            market.till().baskets().onChange(() -> shown.add(shown(market)));
            CardChannel card = market.channel(market.card());
            market.tap("b1", command -> {
                byte[] answer = card.transmit(command);
                if (command[1] == Commands.DEBIT) {
                    market.tillDiskFull(true);
                }
                return answer;
            });
            market.card().powerOff();
            unless(!shown.contains(BasketState.PAID), "the till has shown as paid what it could not keep");
            market.tillDiskFull(false);
            market.pass();
            unless(shown(market) != BasketState.PAID, "the till shows as paid what it could not keep");
            unless(market.buy("b1").state() == BasketState.PAID, "a basket in doubt is not paid when the card is back");
            balanced(market);
            paid(market, 1);
        }
    }

    /** How the first basket is shown. */
    private static BasketState shown(SmallMarket market) {
        try {
            return market.till().baskets().find("b1").orElseThrow().state();
        } catch (StorageFailed unreadable) {
            throw new IllegalStateException("a full disk can be read", unreadable);
        }
    }

    /** The till has asked, the card has not heard it, and pays at another terminal what is no answer to the question. */
    private static void elsewhere(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            once(market, "b1", LostAnswers::unheard);
            var other = new Hand(fund.other(), market.card(), fund.card().certificate());
            unless(other.debit(1, EACH_CENTS) == 0x9000, "the card does not pay elsewhere");
            unless(market.buy("b1").state() == BasketState.PAID, "a basket is not paid when the card is back");
            market.pass();
            List<String> owed = Pen.stallsMoney(market);
            unless(owed.equals(List.of("1 " + EACH_CENTS)), "the hub owes the stall " + owed);
            long held = other.look().newest().after().allocation();
            long left = fund.fund().entitlement().amountCents() - 2 * EACH_CENTS;
            unless(held == left, "the card holds " + held + ", it must hold " + left);
        }
    }

    private static void carried(ForgersFund fund) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            unless(market.buy("b1").state() == BasketState.PAID, "an honest sale is not paid");
            var other = new Hand(fund.other(), market.card(), fund.card().certificate());
            unless(other.debit(1, EACH_CENTS) == 0x9000, "the card does not pay elsewhere");
            unless(market.buy("b2").state() == BasketState.PAID, "an honest sale is not paid");
            market.pass();
            String counters = "SELECT counter FROM card_record ORDER BY counter";
            List<String> known = market.rows(counters);
            unless(known.equals(List.of("1", "2", "3", "4")), "of a card with four records the hub knows " + known);
        }
    }

    /** The stall asks, and gives up or not; the card's record comes another way, and the evening decides. */
    private static void givenUp(ForgersFund fund, boolean undone) throws StorageFailed, Malformed {
        try (var market = new SmallMarket(fund)) {
            Hand hand = HubForgeries.paidOnce(market, new Pen(market));
            var pen = new Pen(market);
            long counter = hand.look().newest().counter();
            var deltas = new Deltas(-PEN_CENTS, 0, 0);
            CardProof proof = pen.paid(hand, 900, List.of(Pen.SALAD), deltas);
            byte[] intent = Pen.intent(900, pen.rules(), List.of(Pen.SALAD), deltas);
            pen.post(pen.write(Pen.doubt(900, hand.cardId(), counter, deltas, intent)));
            if (undone) {
                pen.post(pen.write(new Body.Abandoned(900, Body.Abandoned.GIVEN_UP_UNDONE)));
            }
            var nothing = new Body.Closing.Undone(0, 0, 0);
            pen.post(pen.write(new Body.Closing(
                    Body.Closing.DAY, DAY.toString(), 1, EACH_CENTS, EACH_CENTS, new byte[32], nothing)));
            pen.post(pen.write(Pen.carried(proof)));
            var evening = market.hub().reconcile(DAY, false);
            unless(evening.suspense().isEmpty(), "the evening leaves undecided " + evening.suspense());
            List<String> owed = Pen.stallsMoney(market);
            long due = undone ? EACH_CENTS : EACH_CENTS + PEN_CENTS;
            unless(owed.equals(List.of("1 " + due)), "the hub owes the stall " + owed + ", it must be " + due);
            unless(
                    market.rows("SELECT COUNT(*) FROM card_order").equals(List.of(undone ? "1" : "0")),
                    "what a stall has given up does not go back to the member, or what it has not does");
        }
    }
}
