package etal.fsck.check;

import etal.fsck.bytes.CborWriter;
import etal.fsck.bytes.Damage;
import etal.fsck.bytes.Digest;
import etal.fsck.bytes.Value;
import etal.fsck.ledger.Body;
import etal.fsck.ledger.CardProof;
import etal.fsck.ledger.CardRecord;
import etal.fsck.ledger.Checkpoint;
import etal.fsck.ledger.Entry;
import etal.fsck.ledger.LedgerName;
import etal.fsck.trust.Certificate;
import etal.fsck.trust.Chains;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows the entries of one ledger in order and holds each against what came before. Signatures are checked apart. */
final class EntryRules {
    private final LedgerName ledger;
    private final Chains chains;
    private final List<Digest> hashes = new ArrayList<>();
    private final SaleNumbers sales = new SaleNumbers();
    private final CardHistory cards = new CardHistory();
    private final Map<Long, Sold> sold = new LinkedHashMap<>();
    private final Trainings trainings = new Trainings();
    private Closings closings = new Closings(false);
    private Body.@Nullable Genesis genesis;
    private long checkpointReceived;
    private boolean retired;

    EntryRules(LedgerName ledger, Chains chains) {
        this.ledger = ledger;
        this.chains = chains;
    }

    /** The number that the next entry must have. */
    long nextNumber() {
        return hashes.size() + 1L;
    }

    /** The hashes of the entries so far. */
    List<Digest> hashes() {
        return hashes;
    }

    /** The newest entry that an acknowledgement within the chain names. */
    long checkpointReceived() {
        return checkpointReceived;
    }

    /** How often something was sold for practice. */
    long practised() {
        return trainings.sales();
    }

    /** Takes the next entry. */
    void follow(Entry entry) throws Damage {
        requirePlace(entry);
        if (!entry.message().kid().equals(chains.terminal().hash())) {
            throw new Damage("signed with a key that is not this terminal's");
        }
        switch (entry.body()) {
            case Body.Genesis first -> begin(first);
            case Body.CheckpointReceived received -> acknowledge(received.checkpoint());
            case Body.Sale sale -> sell(sale, entry.hash());
            case Body.Cancellation cancellation -> cancel(cancellation);
            case Body.RefundRequest refund -> {
                requireRecord(refund.card(), CardRecord.Kind.DEBIT, refund.sale());
                sales.refunded(refund.sale());
            }
            case Body.Abandoned abandoned -> {
                if (abandoned.cancelling()) {
                    sales.cancelling(abandoned.sale());
                } else {
                    sales.abandoned(abandoned.sale());
                }
            }
            case Body.InDoubt inDoubt -> {
                if (inDoubt.cancelling()) {
                    sales.cancelling(inDoubt.sale());
                } else {
                    sales.inDoubt(inDoubt.sale());
                }
            }
            case Body.RecordCarried carried -> {
                if (carried.card().isPresent()) {
                    carry(carried.card().get());
                }
            }
            case Body.Closing closing -> closings.closed(closing);
            case Body.Retirement last -> retired = true;
            case Body.Training training -> {}
            case Body.Note note -> {}
        }
        hashes.add(entry.hash());
    }

    /** What a card did here beside paying: a load, or an order of the fund that it took. */
    private void carry(CardProof card) throws Damage {
        CardRecord record = card.record();
        switch (record.kind()) {
            case LOAD -> requireRecord(card, CardRecord.Kind.LOAD, 0);
            case ADD, SET, BLOCK -> requireRecord(card, record.kind(), record.sale());
            case DEBIT, CANCEL, FIRST ->
                throw new Damage("card " + card.card() + ": the record carried is of no load, voucher or block order");
        }
    }

    private void requirePlace(Entry entry) throws Damage {
        if (!entry.ledger().equals(ledger)) {
            throw new Damage("belongs to ledger " + entry.ledger());
        }
        if (entry.number() > nextNumber()) {
            throw new Damage("missing: entry " + entry.number() + " stands in its place");
        }
        if (entry.number() < nextNumber()) {
            throw new Damage("missing: entry " + entry.number() + " stands in its place again");
        }
        Digest before = hashes.isEmpty() ? Digest.ZERO : hashes.getLast();
        if (!entry.previous().equals(before)) {
            throw new Damage("does not follow the entry before it");
        }
        if (retired) {
            throw new Damage("stands behind the retirement");
        }
        if (entry.body() instanceof Body.Genesis != hashes.isEmpty()) {
            throw new Damage(hashes.isEmpty() ? "not a genesis" : "a second genesis");
        }
        trainings.follow(entry.body());
    }

    private void begin(Body.Genesis first) throws Damage {
        if (!first.chain().equals(chains.terminalChain())) {
            throw new Damage("the genesis names other certificates than this terminal's");
        }
        Certificate terminal = chains.terminal();
        if (!terminal.organisation().equals("etal fund " + first.fund())) {
            throw new Damage("the genesis names fund " + first.fund() + ", the terminal's certificate another");
        }
        genesis = first;
        closings = new Closings(first.rebuilt());
    }

    private void acknowledge(Checkpoint checkpoint) throws Damage {
        if (!checkpoint.ledger().equals(ledger)) {
            throw new Damage("checkpoint: of ledger " + checkpoint.ledger());
        }
        long number = checkpoint.number();
        if (number < 1 || number > hashes.size()) {
            throw new Damage("checkpoint: acknowledges entry " + number + ", which had not been written");
        }
        if (!checkpoint.head().equals(hashes.get((int) number - 1))) {
            throw new Damage("checkpoint: acknowledges another entry " + number);
        }
        checkpointReceived = Math.max(checkpointReceived, number);
    }

    private void sell(Body.Sale sale, Digest hash) throws Damage {
        if (genesis == null || !sale.seller().equals(genesis.seller())) {
            throw new Damage("sale " + sale.sale() + ": of another seller");
        }
        long paidCents = 0;
        if (sale.card().isPresent()) {
            CardProof card = sale.card().get();
            requireRecord(card, CardRecord.Kind.DEBIT, sale.sale());
            if (!card.record()
                    .intentHash()
                    .equals(intentHash("etal/intent", sale.sale(), sale.terms(), card.record()))) {
                throw new Damage("sale " + sale.sale() + ": the card paid for something else");
            }
            paidCents = -card.record().deltas().sum();
            if (paidCents > sale.priceCents()) {
                throw new Damage("sale " + sale.sale() + ": the card paid more than the lines cost");
            }
        }
        sales.sold(sale.sale());
        sold.put(sale.sale(), new Sold(hash, sale.card().map(CardProof::card), debited(sale)));
        closings.sold(paidCents);
    }

    private static CardRecord.Purses debited(Body.Sale sale) {
        return sale.card().map(card -> card.record().deltas()).orElse(new CardRecord.Purses(0, 0, 0));
    }

    /** What a sale was, for its cancellation. */
    private record Sold(Digest hash, Optional<String> card, CardRecord.Purses deltas) {}

    private void cancel(Body.Cancellation cancellation) throws Damage {
        long number = cancellation.sale();
        sales.cancelled(number);
        Sold sale = Objects.requireNonNull(sold.get(number));
        if (!sale.hash().equals(cancellation.saleHash())) {
            throw new Damage("sale " + number + ": its cancellation names another entry");
        }
        if (!sale.card().equals(cancellation.card().map(CardProof::card))) {
            throw new Damage("sale " + number + ": cancelled with another card than paid");
        }
        long backCents = 0;
        if (cancellation.card().isPresent()) {
            CardProof card = cancellation.card().get();
            requireRecord(card, CardRecord.Kind.CANCEL, number);
            if (!card.record().deltas().equals(sale.deltas().negated())) {
                throw new Damage("sale " + number + ": the card took back another amount than it paid");
            }
            Digest intent = intentHash("etal/cancel", number, cancellation.terms(), card.record());
            if (!card.record().intentHash().equals(intent)) {
                throw new Damage("sale " + number + ": the card took back something else");
            }
            backCents = card.record().deltas().sum();
        }
        closings.cancelled(backCents);
    }

    private void requireRecord(CardProof card, CardRecord.Kind kind, long sale) throws Damage {
        CardRecord record = card.record();
        if (genesis == null || card.fund() != genesis.fund()) {
            throw new Damage("card " + card.card() + ": of another fund");
        }
        if (record.kind() != kind || !record.at().equals(ledger) || record.sale() != sale) {
            throw new Damage("card " + card.card() + ": the record is not of this terminal's sale " + sale);
        }
        cards.follow(card);
    }

    private Digest intentHash(String tag, long sale, List<Value> terms, CardRecord record) {
        CardRecord.Purses deltas = record.deltas();
        List<Value> intent = new ArrayList<>();
        intent.add(new Value.Text(tag));
        intent.add(new Value.Whole(ledger.terminal()));
        intent.add(new Value.Whole(ledger.epoch()));
        intent.add(new Value.Whole(sale));
        intent.addAll(terms);
        intent.add(new Value.Items(List.of(
                new Value.Whole(deltas.allocation()),
                new Value.Whole(deltas.bonus()),
                new Value.Whole(deltas.earnable()))));
        return Digest.of(CborWriter.write(new Value.Items(intent)));
    }
}
