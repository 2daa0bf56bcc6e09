package etal.fleet.world.sim;

import etal.hub.core.Status;
import etal.hub.reconcile.Reconciliation;
import etal.port.StorageFailed;
import etal.protocol.card.Answers;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Commands;
import etal.protocol.card.PairwiseKey;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SignedEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * What must hold at the end, whatever went wrong: the member paid once and the right amount, the till's ledger says so once,
 * the hub has it to the cent, and everything adds up.
 */
final class SimAudit {
    private final SimWorld world;
    private final SimTrust trust;
    private final long sales;
    private final long debits;
    private final long cardCents;

    SimAudit(SimWorld world, List<Errand> errands) {
        this.world = world;
        this.trust = world.trust();
        this.sales = errands.size();
        this.cardCents = errands.stream().mapToLong(Errand::cardCents).sum();
        this.debits = errands.stream().filter(errand -> errand.cardCents() > 0).count();
    }

    /** Throws a {@link Violation} naming the first promise that was not kept. */
    void check() throws StorageFailed {
        try {
            List<CardRecord> onCard = recordsOnCard();
            checkCard(onCard);
            checkLedger();
            checkHub();
        } catch (Malformed e) {
            throw new Violation("bytes that are not what they must be: " + e.getMessage());
        }
    }

    private List<CardRecord> recordsOnCard() throws Malformed {
        long terminal = SimTrust.LEDGER.terminal();
        long epoch = SimTrust.LEDGER.epoch();
        CardCertificate certificate = world.card().certificate();
        PairwiseKey key = PairwiseKey.derive(
                trust.agreementScalar(), certificate.publicKey33(), certificate.cardId(), terminal, epoch);
        byte[] challenge =
                Answers.select(world.card().transmit(Commands.select())).challenge();
        CardRecord newest = Answers.state(key, challenge, world.card().transmit(Commands.state(terminal, epoch)))
                .newest();
        var records = new ArrayList<CardRecord>();
        for (long counter = 1; counter <= newest.counter(); counter++) {
            byte[] command = Commands.readLog(key, challenge, terminal, epoch, counter);
            records.add(Answers.readLog(key, challenge, counter, world.card().transmit(command))
                    .record());
        }
        return records;
    }

    private void checkCard(List<CardRecord> records) {
        long loaded = records.stream()
                .filter(record -> record.tag() == CardRecord.Tag.LOAD)
                .count();
        long debited = records.stream()
                .filter(record -> record.tag() == CardRecord.Tag.DEBIT)
                .count();
        require(loaded == 1, "the card was loaded " + loaded + " times");
        require(debited == debits, "the card was debited " + debited + " times, not " + debits);
        long left = records.getLast().after().allocation();
        require(left == SimTrust.ENTITLEMENT_CENTS - cardCents, "the card holds " + left + " cents at the end");
    }

    private void checkLedger() throws StorageFailed, Malformed {
        int sold = 0;
        int withCard = 0;
        int carried = 0;
        for (byte[] bytes : world.till().ledger().all()) {
            switch (SignedEntry.decode(bytes).entry().body()) {
                case Body.Sale sale -> {
                    sold++;
                    withCard += sale.card() == null ? 0 : 1;
                }
                case Body.RecordCarried record -> carried++;
                case Body.RefundRequest request -> throw new Violation("a refund was asked for, and nobody gave up");
                default -> {
                    // Events, checkpoints and abandoned attempts may come in any number.
                }
            }
        }
        require(sold == sales, "the ledger holds " + sold + " sales, not " + sales);
        require(withCard == debits, "the ledger holds " + withCard + " sales with a card, not " + debits);
        require(carried <= 1, "the load was carried " + carried + " times");
    }

    private void checkHub() throws StorageFailed {
        Status status = world.hub().status();
        require(status.quarantined() == 0, status.quarantined() + " entries lie in quarantine");
        Reconciliation evening = world.hub().reconcile(SimWorld.DAY, true);
        require(evening.balanced(), "the books differ: " + evening.differences());
        long paid = evening.i2().stream().mapToLong(point -> point.cardDebits()).sum();
        require(paid == cardCents, "the hub owes the producer " + paid + " cents");
        require(evening.sales() == sales, "the hub counts " + evening.sales() + " sales");
        require(evening.suspense().isEmpty(), "suspense is not empty: " + evening.suspense());
    }

    private static void require(boolean kept, String otherwise) {
        if (!kept) {
            throw new Violation(otherwise);
        }
    }
}
