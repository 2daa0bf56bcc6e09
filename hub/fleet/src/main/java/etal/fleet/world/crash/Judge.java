package etal.fleet.world.crash;

import etal.fleet.auditor.cards.CardAccount;
import etal.fleet.auditor.cards.CardAudit;
import etal.fleet.auditor.cards.CardWord;
import etal.fleet.auditor.cards.Ground;
import etal.fleet.auditor.cards.TillSeen;
import etal.fleet.auditor.cards.Voted;
import etal.fleet.auditor.cards.Wish;
import etal.fleet.auditor.granted.Grant;
import etal.fleet.auditor.granted.Granted;
import etal.fleet.market.VotedRules;
import etal.fleet.world.crash.effect.MemoCard;
import etal.fleet.world.crash.kind.Kind;
import etal.fleet.world.crash.kind.People;
import etal.fleet.world.crash.kind.Purchase;
import etal.fleet.world.witness.HubWords;
import etal.fleet.world.witness.Quarantined;
import etal.fleet.world.witness.TillWords;
import etal.hub.reconcile.Reconciliation;
import etal.port.StorageFailed;
import etal.protocol.card.Answers;
import etal.protocol.card.Entitlement;
import etal.protocol.catalogue.Product;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import etal.protocol.ledger.LedgerId;
import etal.terminal.basket.Wanted;
import etal.terminal.main.Till;
import etal.terminal.sale.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The end of each run: nothing goes wrong any more, everything must be decided, and the auditor, who knows only what people
 * meant, is given what cards, tills and hub say. For one thread.
 */
final class Judge {
    private final Bottle bottle;
    private final Kind kind;

    Judge(Bottle bottle, Kind kind) {
        this.bottle = bottle;
        this.kind = kind;
    }

    /** Throws a {@link Violation} that names all that was not kept. */
    void judge() throws StorageFailed {
        var people = new People(bottle, kind);
        people.settle();
        Reconciliation evening = bottle.hub().reconcile(people.day(), false);
        var wrong = new ArrayList<String>();
        if (!evening.balanced()) {
            wrong.add("the books differ: " + evening.differences());
        }
        try {
            wrong.addAll(audited());
        } catch (Malformed e) {
            wrong.add("bytes that are not what they must be: " + e.getMessage());
        }
        Quarantined.lying(bottle.hubBox().store().quietly()).forEach(each -> wrong.add(each.words()));
        sheets(wrong);
        if (!wrong.isEmpty()) {
            throw new Violation(String.join("; ", wrong));
        }
    }

    private List<String> audited() throws StorageFailed, Malformed {
        var wrong = new ArrayList<String>();
        CardAccount account = account();
        var hub = bottle.hubBox().store().quietly();
        var granted = new Granted(Office.of(bottle.facts()).months(), HubWords.orders(hub));
        var said = new TreeMap<String, Integer>();
        var debits = new ArrayList<CardWord>();
        for (Answers.LoggedRecord word : bottle.cardSays(People.CARD)) {
            wrong.addAll(account.hear(word.record().encode(), word.signature(), granted));
            CardWord read = CardWord.read(word.record().encode());
            if (read.debit()) {
                debits.add(read);
            } else {
                said.merge(read.tag(), 1, Integer::sum);
            }
        }
        if (!as(kind.words(), said)) {
            wrong.add("the card has said " + said + ", not " + kind.words());
        }
        Map<String, Wish> wishes = wishes();
        var tills = new ArrayList<TillSeen>();
        for (int stall = 1; stall <= bottle.stalls(); stall++) {
            tills.add(seen(stall));
        }
        wrong.addAll(CardAudit.check(new Ground(
                Voted.once(
                        VotedRules.of(bottle.fund().fund().scheme()),
                        VotedRules.percents(bottle.fund().fund().catalogue())),
                bottle.fund().entitlement().pointOfSale(),
                List.of(account),
                wishes,
                tills,
                HubWords.seenBeforePayment(hub),
                true)));
        debitedOnce(debits, tills, wrong);
        return wrong;
    }

    private TillSeen seen(int stall) throws StorageFailed, Malformed {
        Till till = bottle.till(stall);
        var screen = new LinkedHashMap<String, Answer>();
        baskets(stall).forEach(key -> screen.put(key, till.stall().look(key)));
        return TillWords.seen(
                new LedgerId(stall, 1),
                bottle.box(stall).store().quietly(),
                till.ledger().all(),
                screen);
    }

    /** As often as expected; a negative number is the most. */
    private static boolean as(Map<String, Integer> expected, Map<String, Integer> said) {
        return expected.keySet().containsAll(said.keySet())
                && expected.entrySet().stream().allMatch(each -> {
                    int times = said.getOrDefault(each.getKey(), 0);
                    return each.getValue() < 0 ? times <= -each.getValue() : times == each.getValue();
                });
    }

    /** Nobody has paid a basket twice by card, whatever came back later. */
    private static void debitedOnce(List<CardWord> debits, List<TillSeen> tills, List<String> wrong) {
        var baskets = new ArrayList<String>();
        for (CardWord debit : debits) {
            for (TillSeen till : tills) {
                String basket = till.basketOf().get(debit.sale());
                if (till.stall() == debit.terminal() && basket != null) {
                    if (baskets.contains(basket)) {
                        wrong.add("the card was debited twice for basket " + basket);
                    }
                    baskets.add(basket);
                }
            }
        }
    }

    private List<String> baskets(int stall) {
        return kind.purchases().stream()
                .filter(each -> each.stall() == stall)
                .map(Purchase::key)
                .toList();
    }

    private CardAccount account() throws Malformed {
        MemoCard card = bottle.card(People.CARD);
        Entitlement granted = bottle.fund().entitlement();
        var grant = new Grant(
                granted.amountCents(),
                granted.earnableCents(),
                granted.keepCents(),
                granted.firstPeriod(),
                granted.lastPeriod(),
                granted.catchUpMonths());
        byte[] key = P256.decompress(card.certificate().publicKey33());
        return new CardAccount(card.number(), Hash.hex(card.certificate().cardId()), P256.jcaPublic(key), grant);
    }

    /** What people meant, from what they remember. */
    private Map<String, Wish> wishes() {
        var wishes = new LinkedHashMap<String, Wish>();
        for (Purchase purchase : kind.purchases()) {
            String key = purchase.key();
            var wish = new Wish(key, purchase.stall(), 1, goods(purchase), totalCents(purchase));
            if (remembers(key, "presented")) {
                wish.presented(People.CARD);
            }
            if (remembers(key, "undo")) {
                wish.undoTried();
            }
            if (remembers(key, "cancel")) {
                wish.cancelTried();
            }
            if (remembers(key, "paid")) {
                wish.shownPaid();
            }
            if (remembers(key, "kept") || remembers(key, "returned")) {
                wish.givenUp(remembers(key, "kept"));
            }
            wishes.put(key, wish);
        }
        return wishes;
    }

    private boolean remembers(String key, String what) {
        return bottle.facts().contains(key + " " + what);
    }

    private Product product(Wanted wanted) {
        return bottle.fund().fund().catalogue().find(wanted.product()).orElseThrow();
    }

    private long totalCents(Purchase purchase) {
        return purchase.goods().stream()
                .mapToLong(each -> product(each).unitPriceCents() * each.quantity())
                .sum();
    }

    private List<Wish.Good> goods(Purchase purchase) {
        return purchase.goods().stream()
                .map(each -> VotedRules.good(product(each), each.quantity()))
                .toList();
    }

    /** No receipt comes out twice under one name: a second one says that it is a duplicate. */
    private void sheets(List<String> wrong) {
        for (int stall = 1; stall <= bottle.stalls(); stall++) {
            List<String> sheets = bottle.box(stall).paper().sheets();
            if (sheets.stream().distinct().count() != sheets.size()) {
                wrong.add("stall " + stall + " has printed " + sheets);
            }
        }
    }
}
