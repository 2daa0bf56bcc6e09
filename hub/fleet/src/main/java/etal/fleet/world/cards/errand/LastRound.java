package etal.fleet.world.cards.errand;

import etal.fleet.auditor.cards.Wish;
import etal.fleet.world.cards.Market;
import etal.fleet.world.cards.MemberCard;
import etal.fleet.world.cards.Stall;
import etal.fleet.world.cards.practice.Practises;
import etal.port.StorageFailed;
import java.util.List;

/** The liveness phase: each card goes once more to each till that still asks about it, and pays a last time. */
public final class LastRound {
    /** A till decides one payment at each look at a card; no till is left with more of one card. */
    private static final int LOOKS_MOST = 40;

    private static final int ATTEMPTS_MOST = 4;

    private LastRound() {}

    /** Who still asks whom. */
    @FunctionalInterface
    public interface Asking {
        /** The cards of which that till asks. */
        List<MemberCard> at(Stall stall) throws StorageFailed;
    }

    /** Does all of it. @throws IllegalStateException when something stays undecided */
    public static void run(Market market, Asking asking) throws StorageFailed {
        market.story().tell("nothing goes wrong any more");
        for (Stall stall : market.stalls()) {
            Practises.end(market, stall);
            decided(market, stall, asking);
        }
        for (MemberCard card : market.cards()) {
            if (market.lost(card)) {
                // Whoever has found it wants to pay with it: it is blocked, and that is its last word.
                found(market, card);
            } else {
                lastPurchase(market, card);
            }
        }
    }

    /** Each card pays once more. @throws IllegalStateException when one cannot */
    public static void again(Market market) throws StorageFailed {
        for (MemberCard card : market.cards()) {
            if (!market.lost(card)) {
                lastPurchase(market, card);
            }
        }
    }

    private static void decided(Market market, Stall stall, Asking asking) throws StorageFailed {
        for (int look = 0; look < LOOKS_MOST; look++) {
            List<MemberCard> cards = asking.at(stall);
            if (cards.isEmpty()) {
                return;
            }
            for (MemberCard card : cards) {
                laidDown(market, stall, card);
            }
        }
        List<Integer> numbers =
                asking.at(stall).stream().map(MemberCard::number).toList();
        throw new IllegalStateException(stall.name() + " still asks about cards " + numbers + ", laid down "
                + LOOKS_MOST + " times while nothing went wrong");
    }

    private static void laidDown(Market market, Stall stall, MemberCard card) throws StorageFailed {
        market.layDown(stall, card);
        market.seconds(3);
    }

    private static void found(Market market, MemberCard card) throws StorageFailed {
        Stall stall = market.stalls().getFirst();
        laidDown(market, stall, card);
        var payment = new Payment(market, stall, market.coveredWish(stall), card);
        if (!payment.attempt(1)) {
            var unused = payment.giveUp(false);
        }
    }

    /** By it the card's newest record but one comes to the hub. */
    private static void lastPurchase(Market market, MemberCard card) throws StorageFailed {
        Stall stall = market.stalls().getFirst();
        Wish wish = market.coveredWish(stall);
        if (!new Payment(market, stall, wish, card).attempt(ATTEMPTS_MOST)) {
            throw new IllegalStateException(
                    "card " + card.number() + " cannot pay " + wish.key() + " while nothing goes wrong");
        }
    }
}
