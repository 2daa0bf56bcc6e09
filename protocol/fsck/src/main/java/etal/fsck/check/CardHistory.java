package etal.fsck.check;

import etal.fsck.bytes.Damage;
import etal.fsck.ledger.CardProof;
import etal.fsck.ledger.CardRecord;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The records of each card within one ledger: the counter rises, the same counter is the same record, and what one record
 * leaves is what the next one starts from.
 */
final class CardHistory {
    private final Map<String, CardProof> newest = new LinkedHashMap<>();

    void follow(CardProof proof) throws Damage {
        CardProof before = newest.put(proof.card(), proof);
        if (before == null) {
            return;
        }
        CardRecord last = before.record();
        CardRecord next = proof.record();
        String card = "card " + proof.card() + ": ";
        if (!Arrays.equals(before.certificate(), proof.certificate())) {
            throw new Damage(card + "it has two certificates");
        }
        if (next.counter() < last.counter()) {
            throw new Damage(card + "record " + next.counter() + " comes after record " + last.counter());
        }
        if (next.counter() == last.counter() && !Arrays.equals(next.bytes(), last.bytes())) {
            throw new Damage(card + "record " + next.counter() + " has two contents");
        }
        if (next.counter() == last.counter() + 1
                && !next.after().minus(next.deltas()).equals(last.after())) {
            throw new Damage(card + "record " + next.counter() + " does not start from what was left");
        }
    }
}
