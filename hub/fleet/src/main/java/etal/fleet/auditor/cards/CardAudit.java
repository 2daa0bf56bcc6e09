package etal.fleet.auditor.cards;

import java.util.ArrayList;
import java.util.List;

/**
 * Value over cards, ledgers and hub, held together to the cent: at any quiet moment, when all that the tills have written
 * has come to the hub, and at the end, when nothing may be open any more.
 */
public final class CardAudit {
    private CardAudit() {}

    /** What differs, one sentence each. */
    public static List<String> check(Ground ground) {
        var wrong = new ArrayList<String>();
        ground.cards().forEach(card -> wrong.addAll(card.sums()));
        Taken taken = new LedgerAudit(ground, wrong).check();
        new RulesAudit(ground, wrong).check();
        if (ground.readingBack() && ground.last()) {
            wrong.add("the hub has not read back what its backup forgot");
        }
        if (!ground.readingBack()) {
            new BooksAudit(ground, taken, wrong).check();
            new ForkAudit(ground, wrong).check();
            new GoneAudit(ground, wrong).check();
        }
        return List.copyOf(wrong);
    }
}
