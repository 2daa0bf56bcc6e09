package etal.fleet.world.sim;

import etal.fleet.auditor.cards.CardWord;
import etal.fleet.auditor.errand.ErrandAudit;
import etal.fleet.auditor.errand.Seen;
import etal.fleet.auditor.errand.Wanted;
import etal.hub.reconcile.Reconciliation;
import etal.port.StorageFailed;
import etal.protocol.card.Answers;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Commands;
import etal.protocol.card.Entitlement;
import etal.protocol.card.PairwiseKey;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.SignedEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks card, till and hub when all is over, and has the auditor judge what they say, who shares nothing with them. */
final class SimAudit {
    private final SimWorld world;
    private final SimTrust trust;
    private final List<Errand> errands;

    SimAudit(SimWorld world, List<Errand> errands) {
        this.world = world;
        this.trust = world.trust();
        this.errands = List.copyOf(errands);
    }

    /** Throws a {@link Violation} naming the first promise that was not kept. */
    void check() throws StorageFailed {
        try {
            Optional<String> broken = ErrandAudit.broken(wanted(), seen());
            if (broken.isPresent()) {
                throw new Violation(broken.get());
            }
        } catch (Malformed e) {
            throw new Violation("bytes that are not what they must be: " + e.getMessage());
        }
    }

    private Wanted wanted() {
        Entitlement entitlement = trust.fund().entitlement();
        return new Wanted(
                errands.stream()
                        .map(each -> new Wanted.Purchase(
                                each.key(), world.saleOf(each.key()), each.cardCents(), each.earnedCents()))
                        .toList(),
                entitlement.amountCents(),
                entitlement.earnableCents(),
                world.change().isPresent() ? Optional.of(new Midnight()) : Optional.empty());
    }

    /** The rules that change at midnight, as the world has let them be known. */
    private final class Midnight implements Wanted.Timetable {
        private static RuleChange.Version version(long number) {
            return RuleChange.Version.values()[(int) number - 1];
        }

        @Override
        public boolean mayBe(long version, Instant asked) {
            return world.mayBeUnder(version(version), asked);
        }

        @Override
        public boolean secondHolds(Instant asked) {
            return !asked.isBefore(RuleChange.MIDNIGHT);
        }

        @Override
        public long cardCents(long version, String key, long holdsCents) {
            Errand errand = errands.stream()
                    .filter(each -> each.key().equals(key))
                    .findFirst()
                    .orElseThrow();
            return RuleChange.cardCents(version(version), errand.basket(), holdsCents);
        }

        @Override
        public void met(long version, boolean late, boolean secondApplied) {
            String how = late ? " not having heard of the second" : secondApplied ? " decided under the second" : "";
            world.meet(version(version) + how);
        }
    }

    private Seen seen() throws StorageFailed, Malformed {
        List<CardWord> card = recordsOnCard();
        var sold = new ArrayList<Seen.Sold>();
        int loadsCarried = 0;
        int refunds = 0;
        boolean second = false;
        for (byte[] bytes : world.till().ledger().all()) {
            switch (SignedEntry.decode(bytes).entry().body()) {
                case Body.RulesApplied rules -> second |= rules.version() == 2;
                case Body.Sale sale ->
                    sold.add(new Seen.Sold(
                            sale.sale(), word(sale.card()), sale.scheme().version(), second));
                case Body.RecordCarried carried -> loadsCarried += isLoad(carried) ? 1 : 0;
                case Body.RefundRequest request -> refunds++;
                default -> {
                    // Events, checkpoints and abandoned attempts may come in any number.
                }
            }
        }
        return new Seen(card, sold, loadsCarried, refunds, world.hub().status().quarantined(), evenings());
    }

    private static @Nullable CardWord word(@Nullable CardProof proof) {
        return proof == null ? null : CardWord.read(proof.record());
    }

    /** The lost card's last word is carried too, sealed. */
    private static boolean isLoad(Body.RecordCarried carried) {
        CardWord word = word(carried.card());
        return word == null || word.tag().equals("EL");
    }

    private List<CardWord> recordsOnCard() throws Malformed {
        long terminal = SimTrust.LEDGER.terminal();
        long epoch = SimTrust.LEDGER.epoch();
        CardCertificate certificate = world.card().certificate();
        PairwiseKey key = PairwiseKey.derive(
                trust.terminal().agreementScalar(), certificate.publicKey33(), certificate.cardId(), terminal, epoch);
        byte[] challenge =
                Answers.select(world.card().transmit(Commands.select())).challenge();
        CardRecord newest = Answers.state(key, challenge, world.card().transmit(Commands.state(terminal, epoch)))
                .newest();
        var records = new ArrayList<CardWord>();
        for (long counter = 1; counter <= newest.counter(); counter++) {
            byte[] command = Commands.readLog(key, challenge, terminal, epoch, counter);
            records.add(CardWord.read(
                    Answers.readLog(key, challenge, counter, world.card().transmit(command))
                            .record()
                            .encode()));
        }
        return records;
    }

    private List<Seen.Evening> evenings() throws StorageFailed {
        var evenings = new ArrayList<Seen.Evening>();
        long days = world.change().isPresent() ? 2 : 1;
        for (long day = 0; day < days; day++) {
            Reconciliation evening = world.hub().reconcile(SimWorld.DAY.plusDays(day), true);
            evenings.add(new Seen.Evening(
                    evening.balanced() ? List.of() : List.of("not balanced: " + evening.differences()),
                    (int) evening.sales(),
                    evening.i2().stream().mapToLong(point -> point.cardDebits()).sum(),
                    evening.suspense().stream().map(String::valueOf).toList()));
        }
        return evenings;
    }
}
