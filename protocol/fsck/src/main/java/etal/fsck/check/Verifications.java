package etal.fsck.check;

import etal.fsck.bytes.Digest;
import etal.fsck.ledger.Body;
import etal.fsck.ledger.CardProof;
import etal.fsck.ledger.Checkpoint;
import etal.fsck.ledger.Entry;
import etal.fsck.trust.Certificate;
import etal.fsck.trust.Chains;
import etal.fsck.trust.Trust;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of ledgers under one trust file. What has held once is not computed again, since the same ledger lies in
 * several places and the same card in many sales. Safe for use by any thread.
 */
public final class Verifications {
    private final Trust trust;
    private final Set<Digest> held = ConcurrentHashMap.newKeySet();

    /** Under this trust. */
    public Verifications(Trust trust) {
        this.trust = trust;
    }

    /** What all ledgers are checked against. */
    public Trust trust() {
        return trust;
    }

    /** Why a signature in the entry does not hold, or null when all do. An entry of a stranger's key is not for here. */
    @Nullable
    String faultOf(Entry entry, Chains chains) {
        Certificate terminal = chains.terminal();
        if (!entry.message().kid().equals(terminal.hash()) || held.contains(entry.hash())) {
            return null;
        }
        if (!entry.message().isSignedBy(terminal.key())) {
            return "the signature does not hold";
        }
        String fault = entry.body() instanceof Body.CheckpointReceived received
                ? faultOf(received.checkpoint(), chains)
                : cardOf(entry.body()).map(this::faultOf).orElse(null);
        if (fault == null) {
            held.add(entry.hash());
        }
        return fault;
    }

    /** Why the acknowledgement's signature does not hold, or null when it does. */
    @Nullable
    String faultOf(Checkpoint checkpoint, Chains chains) {
        Certificate hub = chains.acknowledger(checkpoint.message().kid());
        if (hub == null) {
            return "checkpoint: signed with a key that is not the hub's";
        }
        if (!held.contains(checkpoint.hash())) {
            if (!checkpoint.message().isSignedBy(hub.key())) {
                return "checkpoint: the signature does not hold";
            }
            held.add(checkpoint.hash());
        }
        return null;
    }

    private @Nullable String faultOf(CardProof card) {
        Digest certificate = Digest.of(card.certificate());
        if (!held.contains(certificate)) {
            String fault = card.faultOfCard(trust);
            if (fault != null) {
                return fault;
            }
            held.add(certificate);
        }
        return card.faultOfRecord();
    }

    static Optional<CardProof> cardOf(Body body) {
        return switch (body) {
            case Body.Sale sale -> sale.card();
            case Body.Cancellation cancellation -> cancellation.card();
            case Body.RefundRequest refund -> Optional.of(refund.card());
            case Body.RecordCarried carried -> carried.card();
            default -> Optional.empty();
        };
    }
}
