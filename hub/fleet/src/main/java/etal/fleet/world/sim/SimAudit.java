package etal.fleet.world.sim;

import etal.hub.core.Status;
import etal.hub.reconcile.Reconciliation;
import etal.port.StorageFailed;
import etal.protocol.card.Answers;
import etal.protocol.card.Balances;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Commands;
import etal.protocol.card.PairwiseKey;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.SignedEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must hold at the end, whatever went wrong: the member paid once and the right amount, the till's ledger says so once,
 * the hub has it to the cent, and everything adds up.
 */
final class SimAudit {
    private final SimWorld world;
    private final SimTrust trust;
    private final List<Errand> errands;
    private final long sales;
    private long debits;
    private long cardCents;
    private long earnedCents;

    SimAudit(SimWorld world, List<Errand> errands) {
        this.world = world;
        this.trust = world.trust();
        this.errands = List.copyOf(errands);
        this.sales = errands.size();
    }

    /** Throws a {@link Violation} naming the first promise that was not kept. */
    void check() throws StorageFailed {
        try {
            reckon();
            List<CardRecord> onCard = recordsOnCard();
            checkCard(onCard);
            checkLedger();
            checkHub();
        } catch (Malformed e) {
            throw new Violation("bytes that are not what they must be: " + e.getMessage());
        }
    }

    /** What had to be paid: worked out beforehand, or by the rules of the time of each sale. */
    private void reckon() throws StorageFailed, Malformed {
        List<SoldFor> sold = sold();
        long left = SimTrust.ENTITLEMENT_CENTS;
        for (Errand errand : errands) {
            long cents = world.change().isPresent() ? byItsTime(errand, sold, left) : errand.cardCents();
            cardCents += cents;
            earnedCents += errand.earnedCents();
            debits += cents > 0 ? 1 : 0;
            left -= cents;
        }
    }

    /** A sale of the ledger, with the record by which the card paid it. */
    private record SoldFor(Body.Sale sale, @Nullable CardRecord record, boolean secondApplied) {}

    private List<SoldFor> sold() throws StorageFailed, Malformed {
        var sold = new ArrayList<SoldFor>();
        boolean second = false;
        for (byte[] bytes : world.till().ledger().all()) {
            Body body = SignedEntry.decode(bytes).entry().body();
            second |= body instanceof Body.RulesApplied rules && rules.version() == 2;
            if (body instanceof Body.Sale sale) {
                CardProof proof = sale.card();
                sold.add(new SoldFor(sale, proof == null ? null : CardRecord.decode(proof.record()), second));
            }
        }
        return sold;
    }

    private long byItsTime(Errand errand, List<SoldFor> sold, long left) {
        long number = world.saleOf(errand.key());
        SoldFor found = sold.stream()
                .filter(each -> each.sale().sale() == number)
                .findFirst()
                .orElseThrow(() -> new Violation("basket " + errand.key() + " is no sale of the ledger"));
        CardRecord record = found.record();
        if (record == null) {
            require(left == 0, "basket " + errand.key() + " was paid in cash, and the card held " + left);
            return 0;
        }
        long version = found.sale().scheme().version();
        RuleChange.Version under = RuleChange.Version.values()[(int) version - 1];
        Instant asked = Instant.ofEpochSecond(record.timeSeconds());
        require(
                world.mayBeUnder(under, asked),
                "basket " + errand.key() + " was asked at " + asked + " under version " + version);
        boolean late = under == RuleChange.Version.FIRST && !asked.isBefore(RuleChange.MIDNIGHT);
        boolean decidedLate = under == RuleChange.Version.FIRST && found.secondApplied();
        world.meet(under + (late ? " not having heard of the second" : decidedLate ? " decided under the second" : ""));
        long cents = RuleChange.cardCents(under, errand.basket(), left);
        long paid = -record.deltas().allocation();
        require(
                paid == cents,
                "basket " + errand.key() + ": the card paid " + paid + ", version " + version + " gives " + cents);
        return cents;
    }

    private List<CardRecord> recordsOnCard() throws Malformed {
        long terminal = SimTrust.LEDGER.terminal();
        long epoch = SimTrust.LEDGER.epoch();
        CardCertificate certificate = world.card().certificate();
        PairwiseKey key = PairwiseKey.derive(
                trust.terminal().agreementScalar(), certificate.publicKey33(), certificate.cardId(), terminal, epoch);
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
        Balances left = records.getLast().after();
        long loadedCents = trust.fund().entitlement().amountCents();
        long earnableCents = trust.fund().entitlement().earnableCents() - earnedCents;
        require(
                left.allocation() + left.bonus() == loadedCents - cardCents + earnedCents,
                "the card holds " + left + " at the end");
        require(left.earnable() == earnableCents, "the card may still earn " + left.earnable() + " at the end");
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
                case Body.RecordCarried record -> carried += isLoad(record) ? 1 : 0;
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

    /** The lost card's last word is carried too. */
    private static boolean isLoad(Body.RecordCarried carried) throws Malformed {
        CardProof proof = carried.card();
        return proof == null || CardRecord.decode(proof.record()).tag() == CardRecord.Tag.LOAD;
    }

    private void checkHub() throws StorageFailed {
        Status status = world.hub().status();
        require(status.quarantined() == 0, status.quarantined() + " entries lie in quarantine");
        long paid = 0;
        long days = world.change().isPresent() ? 2 : 1;
        for (long day = 0; day < days; day++) {
            Reconciliation evening = world.hub().reconcile(SimWorld.DAY.plusDays(day), true);
            require(evening.balanced(), "the books differ: " + evening.differences());
            paid += evening.i2().stream().mapToLong(point -> point.cardDebits()).sum();
            require(evening.sales() == sales, "the hub counts " + evening.sales() + " sales");
            require(evening.suspense().isEmpty(), "suspense is not empty: " + evening.suspense());
        }
        require(paid == cardCents, "the hub owes the producer " + paid + " cents");
    }

    private static void require(boolean kept, String otherwise) {
        if (!kept) {
            throw new Violation(otherwise);
        }
    }
}
