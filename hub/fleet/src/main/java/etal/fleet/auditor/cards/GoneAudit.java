package etal.fleet.auditor.cards;

import java.util.HexFormat;
import java.util.List;

/**
 * Machines that burnt, were stolen or were swapped: all that a second medium kept of their ledger comes to the hub, unchanged,
 * and in the end no payment that was shown as paid is lost with them.
 */
final class GoneAudit {
    private final Ground ground;
    private final List<String> wrong;

    GoneAudit(Ground ground, List<String> wrong) {
        this.ground = ground;
        this.wrong = wrong;
    }

    void check() {
        for (TillSeen till : ground.tills()) {
            TillSeen.Gone gone = till.gone();
            if (gone != null) {
                gone(name(till), till, gone);
            }
        }
    }

    private static String name(TillSeen till) {
        return "stall " + till.stall() + ", epoch " + till.epoch();
    }

    private void gone(String name, TillSeen till, TillSeen.Gone gone) {
        if (!gone.same()) {
            wrong.add(name + ": the hub has another ledger of it than it wrote");
        }
        if (gone.heard() < gone.kept()) {
            wrong.add(name + ": its second medium keeps " + gone.kept() + " entries, the hub has " + gone.heard());
        }
        if (ground.last()) {
            gone.lost().forEach(record -> paid(name, till, record));
        }
    }

    /** Behind what the hub has of the ledger only the card knows of it; the operator has heard that the goods are gone. */
    private void paid(String name, TillSeen till, String record) {
        CardWord word = CardWord.read(HexFormat.of().parseHex(record));
        Wish wish = ground.wishes().get(till.basketOf().getOrDefault(word.sale(), ""));
        boolean kept = ground.cards().stream()
                .filter(card -> card.words().contains(word))
                .anyMatch(card -> ground.forked().contains(card.id())
                        || ground.hub().payable().contains(card.id() + "/" + word.counter()));
        if (!kept && wish != null && wish.end() == Wish.End.PAID && !wish.mayBeCancelled()) {
            wrong.add(name + ": sale " + word.sale() + " was shown as paid, and nobody is paid for it");
        }
    }
}
