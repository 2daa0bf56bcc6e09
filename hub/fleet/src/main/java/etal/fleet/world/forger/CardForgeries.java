package etal.fleet.world.forger;

import static etal.fleet.world.forger.Forged.unless;

import etal.protocol.card.Balances;
import etal.protocol.card.Deltas;
import etal.protocol.card.PeriodToken;
import etal.protocol.card.StatusWord;
import etal.protocol.cbor.Malformed;
import java.util.List;

/** What is tried on a card: only its own terminals' words move money, each once, and never more than there is. */
final class CardForgeries {
    private static final int DEBIT_MAC = 5 + 72 - 1;
    private static final long ALLOWED = 10_000;

    private CardForgeries() {}

    static List<Attempt> all() {
        return List.of(
                new Attempt("a DEBIT with another MAC", CardForgeries::wrongMac),
                new Attempt("a DEBIT for another counter", CardForgeries::wrongCounter),
                new Attempt("a DEBIT sent twice", CardForgeries::twice),
                new Attempt("a DEBIT that gives", CardForgeries::gives),
                new Attempt("a DEBIT above the balance", CardForgeries::tooMuch),
                new Attempt("a stranger's terminal", CardForgeries::strangersTerminal),
                new Attempt("a stranger's month", CardForgeries::strangersMonth),
                new Attempt("a month twice", CardForgeries::monthTwice),
                new Attempt("all months at once", CardForgeries::allMonths),
                new Attempt("a sale cancelled twice", CardForgeries::cancelledTwice),
                new Attempt("more cancelled than paid", CardForgeries::cancelledMore),
                new Attempt("a cancellation after sixteen payments", CardForgeries::cancelledLate),
                new Attempt("a key update out of turn", CardForgeries::keysOutOfTurn),
                new Attempt("a stranger's key update", CardForgeries::strangersKeys));
    }

    /** The card with the rich entitlement, new from the desk, at one of the fund's terminals, and this month loaded. */
    static Hand loaded(ForgersFund fund) throws Malformed {
        Hand hand = new Hand(fund.till(), fund.rich().chip(), fund.rich().certificate());
        unless(hand.load(token(fund, ForgersFund.MONTH, 1)) == StatusWord.DONE, "the card does not load its month");
        return hand;
    }

    static PeriodToken token(ForgersFund fund, int month, long issuedAtSeconds) {
        return PeriodToken.sign(
                ForgersFund.FUND,
                month,
                0,
                issuedAtSeconds,
                fund.keys().hubKeys().documents()::sign);
    }

    static Balances held(Hand hand) throws Malformed {
        return hand.look().newest().after();
    }

    private static void untouched(Hand hand, Balances before, String otherwise) throws Malformed {
        unless(held(hand).equals(before), otherwise);
    }

    private static void wrongMac(ForgersFund fund) throws Malformed {
        Hand hand = loaded(fund);
        Balances before = held(hand);
        byte[] command = hand.debitCommand(1, hand.look().newest().counter(), new Deltas(-100, 0, 0), Hand.intent(1));
        command[DEBIT_MAC] ^= 1;
        hand.word(command);
        untouched(hand, before, "the card has paid on a DEBIT with a wrong MAC");
    }

    private static void wrongCounter(ForgersFund fund) throws Malformed {
        Hand hand = loaded(fund);
        Balances before = held(hand);
        long counter = hand.look().newest().counter();
        hand.word(hand.debitCommand(1, counter + 1, new Deltas(-100, 0, 0), Hand.intent(1)));
        untouched(hand, before, "the card has paid on a DEBIT for another counter than its own");
    }

    private static void twice(ForgersFund fund) throws Malformed {
        Hand hand = loaded(fund);
        Balances before = held(hand);
        long counter = hand.look().newest().counter();
        byte[] command = hand.debitCommand(1, counter, new Deltas(-100, 0, 0), Hand.intent(1));
        hand.word(command);
        unless(hand.word(command) == StatusWord.DONE, "the card does not answer a DEBIT sent again");
        untouched(hand, before.plus(new Deltas(-100, 0, 0)), "the card has paid twice on one DEBIT");
    }

    private static void gives(ForgersFund fund) throws Malformed {
        Hand hand = loaded(fund);
        Balances before = held(hand);
        hand.debit(1, -100);
        untouched(hand, before, "a DEBIT has given the card money");
    }

    private static void tooMuch(ForgersFund fund) throws Malformed {
        Hand hand = loaded(fund);
        Balances before = held(hand);
        hand.debit(1, before.allocation() + 1);
        untouched(hand, before, "the card has paid more than it held");
    }

    private static void strangersTerminal(ForgersFund fund) throws Malformed {
        Hand hand = new Hand(fund.stranger(), fund.card().chip(), fund.card().certificate());
        try {
            hand.look();
        } catch (Malformed refused) {
            return;
        }
        unless(false, "the card knows a terminal that its fund has not let in");
    }

    private static void strangersMonth(ForgersFund fund) throws Malformed {
        Hand hand = loaded(fund);
        Balances before = held(hand);
        hand.load(PeriodToken.sign(
                ForgersFund.FUND,
                ForgersFund.MONTH + 1,
                0,
                2,
                fund.strangersKeys().hubKeys().documents()::sign));
        untouched(hand, before, "the card has loaded a month that its fund has not signed");
    }

    private static void monthTwice(ForgersFund fund) throws Malformed {
        Hand hand = loaded(fund);
        Balances before = held(hand);
        hand.load(token(fund, ForgersFund.MONTH, 2));
        untouched(hand, before, "the card has loaded a month twice");
    }

    /** Three months are owed at most, and of what is left no more than 12,000 stays. */
    private static void allMonths(ForgersFund fund) throws Malformed {
        Hand hand = loaded(fund);
        hand.load(token(fund, ForgersFund.MONTH + 6, 2));
        unless(held(hand).allocation() == 4 * ALLOWED, "six months later the card holds " + held(hand));
        hand.load(token(fund, ForgersFund.MONTH + 7, 3));
        unless(
                held(hand).allocation() == ForgersFund.RICH.keepCents() + ALLOWED,
                "after what expires the card holds " + held(hand));
    }

    private static void cancelledTwice(ForgersFund fund) throws Malformed {
        Hand hand = loaded(fund);
        Balances before = held(hand);
        hand.debit(1, 100);
        unless(hand.cancel(1, new Deltas(100, 0, 0)) == StatusWord.DONE, "the card does not take back what it paid");
        hand.cancel(1, new Deltas(100, 0, 0));
        untouched(hand, before, "the card has taken back one payment twice");
    }

    private static void cancelledMore(ForgersFund fund) throws Malformed {
        Hand hand = loaded(fund);
        hand.debit(1, 100);
        Balances before = held(hand);
        hand.cancel(1, new Deltas(101, 0, 0));
        untouched(hand, before, "the card has taken back more than it paid");
    }

    private static void cancelledLate(ForgersFund fund) throws Malformed {
        Hand hand = loaded(fund);
        for (int sale = 1; sale <= 17; sale++) {
            hand.debit(sale, 10);
        }
        Balances before = held(hand);
        hand.cancel(1, new Deltas(10, 0, 0));
        untouched(hand, before, "the card has taken back a payment that it has forgotten");
        unless(
                hand.cancel(2, new Deltas(10, 0, 0)) == StatusWord.DONE,
                "the card does not take back the oldest payment that it remembers");
    }

    private static void keysOutOfTurn(ForgersFund fund) throws Malformed {
        Hand hand = loaded(fund);
        unless(
                hand.keyUpdate(fund.keyUpdates().updates().getLast()) != StatusWord.DONE,
                "the card has taken a key out of turn");
        unless(
                hand.keyUpdate(fund.keyUpdates().updates().getFirst()) == StatusWord.DONE,
                "the card does not take the next key after one that was out of turn");
    }

    private static void strangersKeys(ForgersFund fund) throws Malformed {
        Hand hand = loaded(fund);
        hand.keyUpdate(fund.strangersUpdates().updates().getFirst());
        unless(
                hand.keyUpdate(fund.keyUpdates().updates().getFirst()) == StatusWord.DONE,
                "the card has taken a key that the root has not signed");
    }
}
