package etal.fsck.check;

import etal.fsck.bytes.Damage;
import etal.fsck.ledger.CardProof;
import etal.fsck.ledger.CardRecord;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The records of each card within one ledger: the counter rises, the same counter is the same record, and what one record
 * leaves is what the next one starts from; no voucher is taken twice, and a blocked card does nothing more.
 */
final class CardHistory {
    private final Map<String, CardProof> newest = new LinkedHashMap<>();
    private final Map<String, CardRecord> taken = new LinkedHashMap<>();

    void follow(CardProof proof) throws Damage {
        CardProof before = newest.put(proof.card(), proof);
        takenOnce(proof);
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
        if (last.kind() == CardRecord.Kind.BLOCK && next.counter() > last.counter()) {
            throw new Damage(card + "it did something after it was blocked");
        }
    }

    /** A voucher's number, or an entitlement's version, comes once on each card. */
    private void takenOnce(CardProof proof) throws Damage {
        CardRecord record = proof.record();
        if (record.kind() != CardRecord.Kind.ADD && record.kind() != CardRecord.Kind.SET) {
            return;
        }
        String order = proof.card() + " " + record.kind() + " " + record.sale();
        CardRecord before = taken.put(order, record);
        if (before != null && before.counter() != record.counter()) {
            throw new Damage("card " + proof.card() + ": voucher " + record.sale() + " was taken twice");
        }
    }
}
