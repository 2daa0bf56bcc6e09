package etal.fleet.auditor.cards;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cards that were rolled back or cloned, which no sound chip allows: the hub takes one record under a counter, whatever else
 * comes is noticed, and what the fund loses is at most what the branches held beside each other.
 */
final class ForkAudit {
    private final Ground ground;
    private final List<String> wrong;

    ForkAudit(Ground ground, List<String> wrong) {
        this.ground = ground;
        this.wrong = wrong;
    }

    void check() {
        for (String id : ground.forked()) {
            List<CardAccount> branches =
                    ground.cards().stream().filter(card -> card.id().equals(id)).toList();
            taken(id, branches);
            noticed(id, branches);
        }
    }

    /** Every record the hub has is of one of the branches, and its books are their sum. */
    private void taken(String id, List<CardAccount> branches) {
        long allocation = 0;
        long bonus = 0;
        for (Map.Entry<String, String> record : ground.hub().records().entrySet()) {
            if (!record.getKey().startsWith(id)) {
                continue;
            }
            CardWord word = CardWord.read(java.util.HexFormat.of().parseHex(record.getValue()));
            allocation += word.deltas().allocation();
            bonus += word.deltas().bonus();
            if (word.counter() > 0
                    && branches.stream().flatMap(each -> each.words().stream()).noneMatch(word::equals)) {
                wrong.add(record.getKey() + ": the hub has a record that no branch of the card has signed");
            }
        }
        long books = ground.hub().credit("4672A", id) + ground.hub().credit("4672B", id);
        if (books != allocation + bonus) {
            wrong.add("forked card " + id + ": the hub's accounts 4672 say " + books + ", its records "
                    + (allocation + bonus));
        }
        long lost = Math.max(0, -books);
        long bound = unheard(id, branches)
                + branches.stream().skip(1).mapToLong(CardAccount::broughtCents).sum();
        if (lost > bound) {
            wrong.add("forked card " + id + ": the fund loses " + lost + ", at most " + bound);
        }
    }

    /** What has come onto a branch and burnt with the machine that saw it: the hub still owes it to the card, and has lost nothing. */
    private long unheard(String id, List<CardAccount> branches) {
        return branches.stream()
                .flatMap(branch -> branch.words().stream())
                .distinct()
                .filter(word -> !ground.hub().known().contains(id + "/" + word.counter()))
                .mapToLong(word ->
                        Math.max(0, word.deltas().allocation() + word.deltas().bonus()))
                .sum();
    }

    /** Of two branches' debits under one counter that tills have sold, the hub takes one and lays the other aside. */
    private void noticed(String id, List<CardAccount> branches) {
        var byCounter = new TreeMap<Long, String>();
        for (CardAccount branch : branches) {
            for (CardWord word : branch.words()) {
                String other = byCounter.putIfAbsent(word.counter(), word.bytes());
                boolean both = other != null && !other.equals(word.bytes()) && sold(word.bytes()) && sold(other);
                if (both && !ground.noticed().contains(id + "/" + word.counter())) {
                    wrong.add(
                            "forked card " + id + ": record " + word.counter() + " was sold twice, and nobody noticed");
                }
            }
        }
    }

    private boolean sold(String record) {
        return ground.tills().stream()
                .flatMap(till -> till.sold().stream())
                .anyMatch(sale -> record.equals(sale.record()));
    }
}
