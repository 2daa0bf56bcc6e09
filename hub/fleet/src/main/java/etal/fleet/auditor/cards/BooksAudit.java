package etal.fleet.auditor.cards;

import etal.fleet.auditor.granted.OrderWord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The hub's books against cards and ledgers: 4672 per card, 471 per card, 4673 per point of sale. */
final class BooksAudit {
    private final Ground ground;
    private final Taken taken;
    private final List<String> wrong;
    private final TreeMap<Long, Long> owedCents = new TreeMap<>();

    BooksAudit(Ground ground, Taken taken, List<String> wrong) {
        this.ground = ground;
        this.taken = taken;
        this.wrong = wrong;
    }

    void check() {
        owedCents.putAll(taken.soldCents());
        List<CardAccount> sound = ground.cards().stream()
                .filter(card -> !ground.forked().contains(card.id()))
                .toList();
        sound.forEach(this::card);
        sound.forEach(this::refunds);
        ground.paidCents().forEach((stall, cents) -> owedCents.merge(stall, -cents, Long::sum));
        for (Map.Entry<Long, Long> stall : owedCents.entrySet()) {
            Taken.Range range = taken.forkedCents().getOrDefault(stall.getKey(), new Taken.Range(0, 0));
            long found = ground.hub().credit("4673", Long.toString(stall.getKey()));
            if (found < stall.getValue() + range.least() || found > stall.getValue() + range.most()) {
                compare("stall " + stall.getKey(), "4673", Long.toString(stall.getKey()), stall.getValue());
            }
        }
    }

    private void card(CardAccount card) {
        long allocation = 0;
        long bonus = 0;
        long waiting = 0;
        for (CardWord word : card.words()) {
            Spoken spoken = new Spoken(card, word);
            boolean known = ground.hub().known().contains(spoken.key());
            if (!known
                    && (ground.last()
                            || taken.sold().contains(spoken.key())
                            || taken.cancelled().contains(spoken.key()))) {
                wrong.add(spoken.name() + ": the hub does not know it");
            }
            if (known) {
                allocation += word.deltas().allocation();
                bonus += word.deltas().bonus();
                waiting += word.moves() ? waiting(spoken) : 0;
            }
        }
        compare("card " + card.number(), "4672A", card.id(), allocation);
        compare("card " + card.number(), "4672B", card.id(), bonus);
        compare("card " + card.number(), "471", card.id(), ground.last() ? 0 : waiting);
        if (ground.last()) {
            compare("card " + card.number(), "4672A", card.id(), card.balance().allocation());
            compare("card " + card.number(), "4672B", card.id(), card.balance().bonus());
        }
    }

    /** What of a debit waits in suspense; what the hub pays without having seen its sale is owed to the stall. */
    private long waiting(Spoken spoken) {
        String key = spoken.key();
        boolean entered = taken.sold().contains(key)
                || taken.refunded().contains(key)
                || taken.cancelled().contains(key);
        if (entered || ground.hub().borne().contains(key)) {
            return 0;
        }
        if (ground.hub().payable().contains(key)) {
            owedCents.merge(spoken.word().terminal(), spoken.word().spentCents(), Long::sum);
            return 0;
        }
        return ground.hub().returned().contains(key) ? 0 : spoken.word().spentCents();
    }

    /** Each payment that goes back to its member has one voucher, of what was paid less what was earned by it. */
    private void refunds(CardAccount card) {
        for (CardWord word : card.words()) {
            Spoken spoken = new Spoken(card, word);
            OrderWord voucher = ground.hub().refunds().get(spoken.key());
            boolean returned = ground.hub().returned().contains(spoken.key());
            if (returned != (voucher != null)) {
                wrong.add(spoken.name() + (returned ? " goes back without a voucher" : " has a voucher and stands"));
            } else if (voucher != null
                    && (voucher.cents() != word.spentCents() - word.earnedCents()
                            || !voucher.card().equals(card.id()))) {
                wrong.add(spoken.name() + " goes back by a voucher of " + voucher.cents());
            }
        }
    }

    private void compare(String what, String account, String third, long expected) {
        long found = ground.hub().credit(account, third);
        if (found != expected) {
            wrong.add(what + ": the hub's account " + account + " says " + found + ", it must be " + expected
                    + (ground.crook().lies().isEmpty()
                            ? ""
                            : "; of the stall that cheats lies "
                                    + ground.crook().lies()));
        }
    }
}
