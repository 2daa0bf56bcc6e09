package etal.fleet.world.cards.mishap;

import etal.fleet.world.cards.Market;
import etal.fleet.world.cards.MemberCard;
import etal.fleet.world.cards.Stall;
import etal.fleet.world.cards.collusion.Trick;
import etal.fleet.world.cards.fault.Fault;
import etal.fleet.world.cards.fault.NodeClock;
import etal.port.StorageFailed;
import etal.port.printer.Printer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/** What may befall machines and office each time that somebody does something. */
public enum Mishaps {
    /** A till speaks and nobody hears it. */
    NOTHING_GOES_UP(Fault.NOTHING_GOES_UP, market -> market.anyStall().halfCut(true, false)),
    /** A till hears nothing. */
    NOTHING_COMES_DOWN(Fault.NOTHING_COMES_DOWN, market -> market.anyStall().halfCut(false, true)),
    /** The broker's disk was empty. */
    BROKER_FORGETS(Fault.BROKER_FORGETS, market -> market.backstage().brokerAnew(true)),
    /** The broker's disk is that of some time ago. */
    BROKER_OLD(Fault.BROKER_OLD, market -> market.backstage().brokerAnew(false)),
    /** Anybody's clock is wrong by minutes. */
    CLOCK_SKEWED(
            Fault.CLOCK_SKEWED, market -> set(market, clock(market, true), Duration.ofSeconds(either(market, 900)))),
    /** Anybody's clock gains or loses up to a minute an hour. */
    CLOCK_DRIFTS(Fault.CLOCK_DRIFTS, market -> clock(market, true).drift(either(market, 16_000))),
    /** A till's clock goes back by weeks, or ahead by a day. */
    CLOCK_STEPPED(
            Fault.CLOCK_STEPPED,
            market -> set(
                    market,
                    clock(market, false),
                    market.oneIn(2) ? Duration.ofHours(1L + market.draw(24)) : Duration.ofDays(-1L - market.draw(30)))),
    /** Anybody's clock is set by an hour. */
    CLOCK_SUMMER_TIME(
            Fault.CLOCK_SUMMER_TIME,
            market -> set(market, clock(market, true), Duration.ofHours(market.oneIn(2) ? 1 : -1))),
    /** A stick is pulled out. */
    MEDIUM_GONE(Fault.MEDIUM_GONE, market -> market.anyStall().medium().pulled(true)),
    /** A stick is full. */
    MEDIUM_FULL(Fault.MEDIUM_FULL, market -> market.anyStall().medium().full(true)),
    /** No paper. */
    PAPER_OUT(Fault.PAPER_OUT, market -> market.anyStall().printer(Printer.State.NO_PAPER)),
    /** No printer. */
    PRINTER_BROKEN(Fault.PRINTER_BROKEN, market -> market.anyStall().printer(Printer.State.OFFLINE)),
    /** Another hub is started beside the one that runs. */
    TWO_HUBS(Fault.TWO_HUBS, market -> market.backstage().secondHub()),
    /** Too much for one card, and as much less for it afterwards. */
    WRONG_VOUCHER(Fault.WRONG_VOUCHER, Mishaps::wrongVoucher),
    /** Denied, and taken off again. */
    DENIED_BY_MISTAKE(Fault.DENIED_BY_MISTAKE, Mishaps::denied),
    /** Copied first, put back another time, whatever it has done in between. */
    CARD_ROLLED_BACK(Fault.CARD_ROLLED_BACK, Mishaps::rolledBack),
    /** Two of one. */
    CARD_CLONED(Fault.CARD_CLONED, Mishaps::cloned),
    /** Back to a backup, if there is one. */
    HUB_RESTORED(Fault.HUB_RESTORED, market -> market.backstage().hubRestored()),
    /** Gone with all that it held. */
    TERMINAL_BURNT(Fault.TERMINAL_BURNT, market -> swap(market, market.anyStall(), false)),
    /** The same, and the operator says so. */
    TERMINAL_STOLEN(Fault.TERMINAL_STOLEN, Mishaps::stolen),
    /** The stick is left. */
    TERMINAL_SWAPPED(Fault.TERMINAL_SWAPPED, market -> swap(market, market.anyStall(), true)),
    /** Somewhere in what it keeps; half of the times it is switched off and on at once. */
    BIT_FLIPPED(Fault.BIT_FLIPPED, Mishaps::rots),
    /** Other rules from tomorrow on, or from one of the days after; half of the times the market goes on until then. */
    RULES_CHANGED(Fault.RULES_CHANGED, Mishaps::vote),
    /** One more entry of a ledger written by hand. */
    COLLUSION(Fault.COLLUSION, Mishaps::cheats);

    private static final int REPAIRED_ONE_IN = 12;
    private static final int BACKUP_ONE_IN = 20;
    /** In a season, of a hundred errands a day, an office copies its store every few days. */
    private static final int BACKUP_ONE_IN_A_SEASON = 400;

    private static final int DAYS_AHEAD = 3;
    private static final int SECONDS_BEFORE = 300;
    private static final int CENTS_MOST = 4_000;

    private final Fault fault;
    private final Deed deed;

    @FunctionalInterface
    private interface Deed {
        void to(Market market) throws StorageFailed;
    }

    Mishaps(Fault fault, Deed deed) {
        this.fault = fault;
        this.deed = deed;
    }

    /** Lets happen what happens now; and now and then somebody puts a stall right again. */
    public static void strike(Market market, boolean season) throws StorageFailed {
        for (Mishaps each : values()) {
            if (market.mishap(each.fault, "")) {
                each.deed.to(market);
            }
        }
        market.backstage().brokerCopied();
        if (market.oneIn(season ? BACKUP_ONE_IN_A_SEASON : BACKUP_ONE_IN)) {
            market.backstage().hubBackedUp();
        }
        if (market.oneIn(REPAIRED_ONE_IN)) {
            Stall stall = market.anyStall();
            stall.repair();
            market.backstage().mend();
        }
    }

    private static NodeClock clock(Market market, boolean hubToo) {
        List<NodeClock> clocks = market.backstage().clocks();
        return clocks.get(market.draw(clocks.size() - (hubToo ? 0 : 1)));
    }

    private static void set(Market market, NodeClock clock, Duration by) throws StorageFailed {
        clock.step(by);
        market.backstage().clocksSet();
    }

    private static int either(Market market, int most) {
        return market.draw(2 * most + 1) - most;
    }

    private static void wrongVoucher(Market market) throws StorageFailed {
        MemberCard card = market.anyCard();
        long cents = 1L + market.draw(CENTS_MOST);
        if (market.correct(card, cents)) {
            market.seconds(market.draw(60));
            market.correct(card, -cents);
        }
    }

    private static void rolledBack(Market market) throws StorageFailed {
        for (MemberCard card : market.cards()) {
            if (card.isCopied() && market.backstage().rollBack(card)) {
                market.story().tell("card " + card.number() + " is what it was before");
                market.story().count("cards that were what they had been");
                return;
            }
        }
        var unused = market.backstage().copy(market.anyCard());
    }

    private static void cloned(Market market) throws StorageFailed {
        MemberCard card = market.anyCard();
        if (market.backstage().multiply(card)) {
            market.story().tell("card " + card.number() + " has a double");
            market.story().count("cards with a double");
        }
    }

    private static void cheats(Market market) throws StorageFailed {
        Trick[] all = Trick.values();
        Trick trick = market.oneIn(3) ? Trick.HONEST : all[market.draw(all.length)];
        if (market.backstage().cheat(trick, market.anyCard())) {
            market.story().count("trick " + trick);
        }
    }

    private static boolean swap(Market market, Stall stall, boolean withStick) throws StorageFailed {
        boolean swapped = market.backstage().swap(stall, withStick, market.oneIn(2));
        if (swapped) {
            market.story()
                    .tell(stall.name() + ": another machine goes on as epoch " + stall.epoch()
                            + (withStick ? ", with the old stick" : ""));
            market.story().count("machines swapped");
        }
        return swapped;
    }

    private static void stolen(Market market) throws StorageFailed {
        Stall stall = market.anyStall();
        long epoch = stall.epoch();
        if (swap(market, stall, false)) {
            market.backstage().stolen(stall.number(), epoch);
        }
    }

    private static void rots(Market market) throws StorageFailed {
        Stall stall = market.anyStall();
        if (market.backstage().rots(stall) && market.oneIn(2)) {
            stall.drop();
        }
    }

    private static void vote(Market market) throws StorageFailed {
        LocalDate day = market.backstage().hubsDay().plusDays(1L + market.draw(DAYS_AHEAD));
        if (market.vote(day)) {
            Duration wait = market.backstage().until(day, Duration.ofSeconds(market.draw(SECONDS_BEFORE)));
            if (market.oneIn(2) && !wait.isNegative()) {
                market.laterBy(wait);
            }
        }
    }

    private static void denied(Market market) throws StorageFailed {
        MemberCard card = market.anyCard();
        if (!market.lost(card)) {
            market.backstage().deny(card);
            market.seconds(market.draw(60));
            market.backstage().undeny(card);
        }
    }
}
