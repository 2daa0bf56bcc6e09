package etal.fleet.world.crash.kind;

import etal.fleet.world.crash.Office;
import etal.protocol.scheme.file.ShippedSchemes;
import etal.terminal.basket.Wanted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All kinds. What is bought: salad and a picodon are conventioned, the wine is not. */
public final class Kinds {
    private static final String DIEULEFIT = ShippedSchemes.DIEULEFIT;
    private static final String WITH_BONUS = "vitalim";
    private static final Instant NEXT_MONTH = Instant.parse("2025-05-02T14:00:00Z");
    private static final Instant MONTHS_LATER = Instant.parse("2025-07-02T14:00:00Z");
    private static final Instant LAST_MINUTE = Instant.parse("2025-04-30T21:58:00Z");
    private static final Instant AFTER_MIDNIGHT = Instant.parse("2025-04-30T22:02:00Z");
    private static final long OTHER_AMOUNT_CENTS = 20_000;

    /** Kinds in which the card goes to a second stall. */
    private static final List<String> WITH_TWO = List.of(
            "decided-at-hub",
            "first-meeting",
            "given-up-undone-taken-relayed",
            "given-up-kept-taken-relayed",
            "relayed");

    /** The card's counter after the month's load and what was bought earlier. */
    private static final long DEBIT_OF_BASKET = 3;

    private static final Wanted SALAD = new Wanted("salade", 2);
    private static final Wanted CHEESE = new Wanted("picodon", 1);
    private static final Wanted WINE = new Wanted("vin rouge", 1);
    /** More than a card holds. */
    private static final Wanted LAMB = new Wanted("gigot", 6);

    private static final Purchase EARLIER = Purchase.of("p0", CHEESE);
    private static final Purchase ELSEWHERE = Purchase.of("p2", CHEESE).at(2);
    private static final Purchase BASKET = Purchase.of("b1", SALAD, CHEESE, WINE);

    private static final Deed OPENING = people -> {
        people.openMonth();
        people.market().sync();
        people.market().meetAuditor();
    };
    private static final Deed SYNC = people -> people.market().sync();
    private static final Deed KNOWN = OPENING.then(pays("p0")).then(SYNC);

    private Kinds() {}

    /** All of them. */
    public static List<Kind> all() {
        var all = new ArrayList<Kind>();
        payments(all);
        doubts(all);
        orders(all);
        others(all);
        return List.copyOf(all);
    }

    private static Deed pays(String key) {
        return people -> people.pay(key);
    }

    private static void payments(List<Kind> all) {
        all.add(kind("known-card", pays("b1"), List.of(KNOWN), Map.of("EL", 1)));
        all.add(kind("first-meeting", pays("b1"), List.of(OPENING, pays("p2"), SYNC), Map.of("EL", 1)));
        all.add(kind("first-meeting-and-load", pays("b1"), List.of(OPENING), Map.of("EL", 1)));
        Deed month = people -> {
            people.market().until(NEXT_MONTH);
            people.openMonth();
            people.market().sync();
        };
        all.add(kind("month-load", pays("b1"), List.of(KNOWN, month), Map.of("EL", 2)));
        all.add(new Kind(
                "months-caught-up",
                DIEULEFIT,
                1,
                2,
                bought(),
                List.of(KNOWN, people -> people.market().until(MONTHS_LATER), people -> {
                    people.openMonth();
                    people.market().sync();
                }),
                stages(pays("b1")),
                Map.of("EL", 2)));
        all.add(new Kind(
                "bonus-earned", WITH_BONUS, 1, 0, bought(), List.of(KNOWN), stages(pays("b1")), Map.of("EL", 1)));
        all.add(kind("shortfall", pays("b2"), List.of(KNOWN), Map.of("EL", 1)));
        all.add(kind("cash", people -> people.cash("b1"), List.of(KNOWN), Map.of("EL", 1)));
        all.add(kind("nothing-fundable", pays("b3"), List.of(KNOWN), Map.of("EL", 1)));
    }

    private static void doubts(List<Kind> all) {
        for (boolean kept : List.of(false, true)) {
            for (boolean taken : List.of(false, true)) {
                String name = "given-up-" + (kept ? "kept" : "undone") + (taken ? "-taken" : "-untaken");
                Deed torn = people -> people.payTorn("b1", taken);
                Deed here = people -> {
                    people.giveUp("b1", kept);
                    people.tap(1);
                };
                boolean refund = taken && !kept;
                all.add(kind(name, here, List.of(KNOWN, torn), Map.of("EL", 1, "EA", refund ? -1 : 0)));
                if (taken) {
                    Deed relayed = people -> {
                        people.giveUp("b1", kept);
                        people.pay("p2");
                    };
                    Map<String, Integer> words = Map.of("EL", 1, "EA", refund ? -1 : 0);
                    all.add(kind(name + "-relayed", relayed, List.of(KNOWN, torn), words));
                }
            }
        }
        decided(all);
    }

    private static void decided(List<Kind> all) {
        Deed relays = people -> people.pay("p2");
        Deed decides = people -> {
            people.market().sync();
            people.decidePayable(DEBIT_OF_BASKET);
            people.market().sync();
        };
        Deed left = people -> people.payTorn("b1", true);
        all.add(kind("decided-at-hub", decides, List.of(KNOWN, left, relays), Map.of("EL", 1)));
        Deed cancels = people -> people.cancel("b1");
        all.add(kind("cancellation", cancels, List.of(KNOWN, pays("b1")), Map.of("EL", 1, "EC", 1)));
        Deed turns = people -> {
            people.market().until(AFTER_MIDNIGHT);
            people.pay("b1");
            people.pay("b4");
        };
        Deed before = people -> {
            people.market().until(LAST_MINUTE);
            people.payTorn("b1", true);
        };
        Deed may = people -> {
            people.market().until(AFTER_MIDNIGHT);
            people.openMonth();
            people.market().sync();
        };
        all.add(kind("month-turns", turns, List.of(KNOWN, before, may), Map.of("EL", 2)));
    }

    private static void orders(List<Kind> all) {
        Deed taps = people -> people.tap(1);
        Deed corrected = people -> {
            people.correct(500);
            people.market().sync();
        };
        all.add(kind("voucher-add", taps, List.of(KNOWN, corrected), Map.of("EL", 1, "EA", 1)));
        all.add(kind("payment-with-add", pays("b1"), List.of(KNOWN, corrected), Map.of("EL", 1, "EA", 1)));
        Deed undone = people -> {
            people.payTorn("b1", true);
            people.giveUp("b1", false);
            people.tap(1);
            people.market().sync();
        };
        all.add(kind("refund-voucher", taps, List.of(KNOWN, undone, SYNC), Map.of("EL", 1, "EA", 1)));
        all.add(kind("voucher-set", taps, List.of(KNOWN, operator(Office.grants(OTHER_AMOUNT_CENTS))), words("ES")));
        all.add(kind("block", taps, List.of(KNOWN, operator(Office.loses())), words("EB")));
        all.add(kind("key-update", taps, List.of(KNOWN, operator(Office.newKeyMade())), Map.of("EL", 1)));
        Deed issues = people -> {
            people.market().sync();
            people.correct(500);
            people.market().sync();
        };
        all.add(kind("hub-issues", issues, List.of(KNOWN), Map.of("EL", 1)));
    }

    private static Deed operator(String fact) {
        return people -> {
            people.operator(fact);
            people.market().sync();
        };
    }

    private static void others(List<Kind> all) {
        all.add(kind("relayed", pays("b1"), List.of(KNOWN, pays("p2")), Map.of("EL", 1)));
        Deed closes = people -> people.close(1);
        all.add(kind("closing", closes, List.of(KNOWN, pays("b1")), Map.of("EL", 1)));
        Deed prints = people -> {
            people.cash("b5");
            people.print("b5");
        };
        all.add(kind("receipt", prints, List.of(KNOWN), Map.of("EL", 1)));
        Deed starts = people -> people.market().till(1);
        all.add(kind("start", starts, List.of(KNOWN), Map.of("EL", 1)));
        Deed first = people -> {
            people.openMonth();
            people.market().sync();
        };
        all.add(kind("first-start", first, List.of(people -> people.market().meetAuditor()), Map.of()));
    }

    private static Map<String, Integer> words(String tag) {
        return Map.of("EL", 1, tag, 1);
    }

    private static Kind kind(String name, Deed deed, List<Deed> before, Map<String, Integer> words) {
        return new Kind(name, DIEULEFIT, WITH_TWO.contains(name) ? 2 : 1, 0, bought(), before, stages(deed), words);
    }

    private static List<Purchase> bought() {
        return List.of(
                EARLIER,
                ELSEWHERE,
                BASKET,
                Purchase.of("b2", LAMB),
                Purchase.of("b3", WINE),
                Purchase.of("b4", CHEESE),
                Purchase.of("b5", WINE, CHEESE).withReceipt(),
                Purchase.of("last", CHEESE));
    }

    private static List<Stage> stages(Deed deed) {
        return List.of(new Stage("deed", deed), new Stage("sync", SYNC), new Stage("evening", People::evening));
    }
}
