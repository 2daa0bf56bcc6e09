package etal.fleet.auditor.errand;

import etal.fleet.auditor.Reckoning.Purses;
import etal.fleet.auditor.cards.CardWord;
import etal.fleet.auditor.errand.Seen.Evening;
import etal.fleet.auditor.errand.Seen.Sold;
import etal.fleet.auditor.errand.Wanted.Purchase;
import etal.fleet.auditor.errand.Wanted.Timetable;
import java.time.Instant;
import java.util.Optional;

/**
 * What must hold at the end, whatever went wrong: the member paid once and the right amount, the till's ledger says so once,
 * the hub has it to the cent, and everything adds up. For one use.
 */
public final class ErrandAudit {
    private final Wanted wanted;
    private final Seen seen;
    private long debits;
    private long cardCents;
    private long earnedCents;

    private ErrandAudit(Wanted wanted, Seen seen) {
        this.wanted = wanted;
        this.seen = seen;
    }

    /** The first promise that was not kept, if any. */
    public static Optional<String> broken(Wanted wanted, Seen seen) {
        var audit = new ErrandAudit(wanted, seen);
        try {
            audit.reckon();
            audit.checkCard();
            audit.checkLedger();
            audit.checkHub();
            return Optional.empty();
        } catch (Broken broken) {
            return Optional.of(String.valueOf(broken.getMessage()));
        }
    }

    private static final class Broken extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        Broken(String what) {
            super(what);
        }
    }

    private static void require(boolean kept, String otherwise) {
        if (!kept) {
            throw new Broken(otherwise);
        }
    }

    /** What had to be paid: worked out beforehand, or by the rules of the time of each sale. */
    private void reckon() {
        long left = wanted.entitlementCents();
        for (Purchase purchase : wanted.purchases()) {
            long cents =
                    wanted.rules().isPresent() ? byItsTime(wanted.rules().get(), purchase, left) : purchase.cardCents();
            cardCents += cents;
            earnedCents += purchase.earnedCents();
            debits += cents > 0 ? 1 : 0;
            left -= cents;
        }
    }

    private long byItsTime(Timetable rules, Purchase purchase, long left) {
        String basket = "basket " + purchase.key();
        Sold found = seen.sold().stream()
                .filter(each -> each.sale() == purchase.sale())
                .findFirst()
                .orElseThrow(() -> new Broken(basket + " is no sale of the ledger"));
        CardWord record = found.record();
        if (record == null) {
            require(left == 0, basket + " was paid in cash, and the card held " + left);
            return 0;
        }
        Instant asked = Instant.ofEpochSecond(record.timeSeconds());
        long version = found.version();
        require(rules.mayBe(version, asked), basket + " was asked at " + asked + " under version " + version);
        rules.met(version, version == 1 && rules.secondHolds(asked), version == 1 && found.secondApplied());
        long cents = rules.cardCents(version, purchase.key(), left);
        long paid = -record.deltas().allocation();
        require(paid == cents, basket + ": the card paid " + paid + ", version " + version + " gives " + cents);
        return cents;
    }

    private void checkCard() {
        long loaded =
                seen.card().stream().filter(each -> each.tag().equals("EL")).count();
        long debited = seen.card().stream().filter(CardWord::debit).count();
        require(loaded == 1, "the card was loaded " + loaded + " times");
        require(debited == debits, "the card was debited " + debited + " times, not " + debits);
        Purses left = seen.card().getLast().after();
        require(
                left.allocation() + left.bonus() == wanted.entitlementCents() - cardCents + earnedCents,
                "the card holds " + left + " at the end");
        require(
                left.earnable() == wanted.earnableCents() - earnedCents,
                "the card may still earn " + left.earnable() + " at the end");
    }

    private void checkLedger() {
        long withCard =
                seen.sold().stream().filter(each -> each.record() != null).count();
        int sales = wanted.purchases().size();
        require(seen.refunds() == 0, "a refund was asked for, and nobody gave up");
        require(seen.sold().size() == sales, "the ledger holds " + seen.sold().size() + " sales, not " + sales);
        require(withCard == debits, "the ledger holds " + withCard + " sales with a card, not " + debits);
        require(seen.loadsCarried() <= 1, "the load was carried " + seen.loadsCarried() + " times");
    }

    private void checkHub() {
        require(seen.quarantined() == 0, seen.quarantined() + " entries lie in quarantine");
        long paid = 0;
        for (Evening evening : seen.evenings()) {
            require(evening.differences().isEmpty(), "the books differ: " + evening.differences());
            require(evening.sales() == wanted.purchases().size(), "the hub counts " + evening.sales() + " sales");
            require(evening.suspense().isEmpty(), "suspense is not empty: " + evening.suspense());
            paid += evening.paidCents();
        }
        require(paid == cardCents, "the hub owes the producer " + paid + " cents");
    }
}
