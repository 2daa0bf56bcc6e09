package etal.fsck.check;

import etal.fsck.bytes.Damage;
import etal.fsck.bytes.Digest;
import etal.fsck.ledger.Checkpoint;
import etal.fsck.ledger.Entry;
import etal.fsck.ledger.LedgerName;
import etal.fsck.trust.Certificate;
import etal.fsck.trust.Chains;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks one ledger as it lies in one place, from its first item to its last, and stops at the first damage.
 *
 * <p>Entries are followed in order; their signatures are verified in batches on all cores. The verdict is that of the
 * lowest entry, and on the same entry that of the signature, so it does not depend on how the work was spread. For one
 * use, by one thread.
 */
public final class LedgerCheck {
    private static final int BATCH = 512;
    private static final int CERTIFICATES_MAX = 64;
    private static final int CHECKPOINTS_MAX = 1 << 20;

    private final Verifications verifications;
    private final List<Certificate> certificates = new ArrayList<>();
    private final TreeMap<Long, Digest> checkpoints = new TreeMap<>();
    private @Nullable Checkpoint lastCheckpoint;
    private final List<Entry> batch = new ArrayList<>();
    private LedgerItems.Kind stage = LedgerItems.Kind.CERTIFICATE;
    private @Nullable LedgerName name;
    private @Nullable Chains chains;
    private @Nullable EntryRules rules;
    private long batchStart = 1;
    private long at = 1;

    private LedgerCheck(Verifications verifications) {
        this.verifications = verifications;
    }

    /**
     * Checks a ledger.
     *
     * @throws IOException when the place cannot be read
     */
    public static CheckedLedger check(LedgerItems items, Verifications verifications) throws IOException {
        return new LedgerCheck(verifications).run(items);
    }

    private CheckedLedger run(LedgerItems items) throws IOException {
        Fault fault = null;
        try {
            for (LedgerItems.Item item = items.next(); item != null; item = items.next()) {
                take(item);
            }
            requireEntries();
            verifyBatch();
            requireAcknowledged();
        } catch (Damage damage) {
            fault = new Fault(at, damage.reason());
            fault = signatureFault().orElse(fault);
        }
        long received = rules == null ? 0 : rules.checkpointReceived();
        long acknowledged = checkpoints.isEmpty() ? 0 : checkpoints.lastKey();
        return new CheckedLedger(
                name,
                rules == null ? List.of() : List.copyOf(rules.hashes()),
                Math.max(received, acknowledged),
                rules == null ? 0 : rules.practised(),
                fault);
    }

    private void take(LedgerItems.Item item) throws Damage {
        if (item.kind().compareTo(stage) < 0) {
            throw new Damage("a " + item.kind().name().toLowerCase(Locale.ROOT) + " out of place");
        }
        if (rules == null && item.kind() != LedgerItems.Kind.CERTIFICATE) {
            if (name == null) {
                // Whatever the certificates turn out to be, the verdict should name the ledger.
                name = item.kind() == LedgerItems.Kind.ENTRY
                        ? Entry.read(item.bytes()).ledger()
                        : Checkpoint.read(item.bytes()).ledger();
            }
            endCertificates();
        }
        stage = item.kind();
        switch (item.kind()) {
            case CERTIFICATE -> takeCertificate(item);
            case CHECKPOINT -> takeCheckpoint(item);
            case ENTRY -> takeEntry(item);
        }
    }

    private void takeCertificate(LedgerItems.Item item) throws Damage {
        if (certificates.size() == CERTIFICATES_MAX) {
            throw new Damage("more certificates than any ledger has");
        }
        try {
            certificates.add(Certificate.read(item.bytes()));
        } catch (Damage damage) {
            throw damage.in("certificate " + (certificates.size() + 1));
        }
        if (name == null) {
            name = LedgerName.parse(certificates.getLast().commonName()).orElse(null);
        }
    }

    private void endCertificates() throws Damage {
        Chains checked = Chains.check(certificates, verifications.trust());
        Optional<LedgerName> said = LedgerName.parse(checked.terminal().commonName());
        if (said.isEmpty()) {
            throw new Damage("the terminal's certificate names no ledger");
        }
        name = said.get();
        chains = checked;
        rules = new EntryRules(said.get(), checked);
    }

    private void takeCheckpoint(LedgerItems.Item item) throws Damage {
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.read(item.bytes());
        } catch (Damage damage) {
            throw damage.in("checkpoint");
        }
        at = Math.max(1, checkpoint.number());
        String fault = verifications.faultOf(checkpoint, known(chains));
        if (fault != null) {
            throw new Damage(fault);
        }
        if (!checkpoint.ledger().equals(name)) {
            throw new Damage("checkpoint: of ledger " + checkpoint.ledger());
        }
        if (checkpoint.number() == 0 || isElsewhere(item, checkpoint.number()) || !isNext(item, checkpoint)) {
            throw new Damage("checkpoint: out of order");
        }
        if (checkpoints.size() == CHECKPOINTS_MAX) {
            throw new Damage("more checkpoints than any ledger has");
        }
        Digest other = checkpoints.put(checkpoint.number(), checkpoint.head());
        if (other != null && !other.equals(checkpoint.head())) {
            throw new Damage("checkpoint: two acknowledge different entries " + checkpoint.number());
        }
        lastCheckpoint = checkpoint;
        at = 1;
    }

    /** A file has them oldest first; a database by their number, each once. */
    private boolean isNext(LedgerItems.Item item, Checkpoint checkpoint) {
        Checkpoint last = lastCheckpoint;
        if (last == null) {
            return true;
        }
        boolean inDatabase = item.number() >= 0;
        return (!inDatabase && last.generation() != checkpoint.generation())
                ? last.generation() < checkpoint.generation()
                : last.number() < checkpoint.number();
    }

    private void takeEntry(LedgerItems.Item item) throws Damage {
        EntryRules following = known(rules);
        at = following.nextNumber();
        Entry entry = Entry.read(item.bytes());
        // It joins the batch before it is judged: where its signature does not hold either, that is the better reason.
        batch.add(entry);
        following.follow(entry);
        if (isElsewhere(item, entry.number())) {
            throw new Damage("stored under number " + item.number());
        }
        Digest acknowledged = checkpoints.get(entry.number());
        if (acknowledged != null && !acknowledged.equals(entry.hash())) {
            throw new Damage("checkpoint: acknowledges another entry " + entry.number());
        }
        if (batch.size() == BATCH) {
            verifyBatch();
        }
        at = following.nextNumber();
    }

    private static boolean isElsewhere(LedgerItems.Item item, long number) {
        return item.number() >= 0 && item.number() != number;
    }

    private void requireEntries() throws Damage {
        if (rules == null && !certificates.isEmpty()) {
            endCertificates();
        }
        if (rules == null || rules.hashes().isEmpty()) {
            at = 1;
            throw new Damage("missing: there is no entry");
        }
    }

    private void requireAcknowledged() throws Damage {
        at = known(rules).nextNumber();
        if (!checkpoints.isEmpty() && checkpoints.lastKey() >= at) {
            throw new Damage("missing: a checkpoint acknowledges entry " + checkpoints.lastKey());
        }
    }

    private Optional<Fault> signatureFault() {
        try {
            verifyBatch();
            return Optional.empty();
        } catch (Damage earlier) {
            return Optional.of(new Fault(at, earlier.reason()));
        }
    }

    private void verifyBatch() throws Damage {
        List<Entry> entries = List.copyOf(batch);
        long first = batchStart;
        batch.clear();
        batchStart += entries.size();
        if (entries.isEmpty()) {
            return;
        }
        Chains under = known(chains);
        List<String> faults = entries.parallelStream()
                .map(entry -> Objects.requireNonNullElse(verifications.faultOf(entry, under), ""))
                .toList();
        for (int i = 0; i < faults.size(); i++) {
            if (!faults.get(i).isEmpty()) {
                at = first + i;
                throw new Damage(faults.get(i));
            }
        }
    }

    private static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the certificates come before what they certify");
        }
        return value;
    }
}
