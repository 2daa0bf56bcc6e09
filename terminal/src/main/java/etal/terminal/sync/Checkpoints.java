package etal.terminal.sync;

import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.sync.Checkpoint;
import etal.protocol.sync.SignedCheckpoint;
import etal.protocol.trust.Role;
import etal.protocol.trust.TrustFile;
import etal.protocol.trust.Verified;
import etal.terminal.ledger.Ledger;
import java.util.Arrays;
import java.util.Optional;

/** Acknowledgements as they arrive: only the hub's word about this very chain counts. Used from the loop only. */
final class Checkpoints {
    private final Ledger ledger;
    private final TrustFile trust;

    Checkpoints(Ledger ledger, TrustFile trust) {
        this.ledger = ledger;
        this.trust = trust;
    }

    /**
     * Checks one and keeps it if it is news. The hub only signs for entries that this terminal has signed: one that is not
     * here proves that the ledger is not its own past.
     *
     * @throws Malformed why it is refused
     */
    Checkpoint take(SignedCheckpoint signed) throws Malformed, StorageFailed {
        Optional<Verified> signer = trust.signer(signed.kid(), Role.HUB_ACK);
        if (signer.isEmpty() || !signed.verify(signer.get().leafPublicKey65())) {
            throw new Malformed("an acknowledgement not signed by the hub");
        }
        Checkpoint checkpoint = signed.checkpoint();
        if (!checkpoint.ledger().equals(ledger.identity().id())) {
            throw new Malformed("an acknowledgement of another ledger");
        }
        Optional<byte[]> own = ledger.hashOf(checkpoint.number());
        if (own.isEmpty()) {
            ledger.disown(checkpoint.number());
            throw new Malformed("an acknowledgement beyond the ledger's head");
        }
        if (!Arrays.equals(own.get(), checkpoint.head())) {
            ledger.disown(checkpoint.number());
            throw new Malformed("an acknowledgement of another entry " + checkpoint.number());
        }
        if (news(checkpoint)) {
            ledger.acknowledge(signed, trust.chain(signed.kid()));
        }
        return checkpoint;
    }

    /** A hub restored from a backup may know less than before: its higher generation says so. */
    private boolean news(Checkpoint checkpoint) {
        return ledger.acknowledged()
                .map(SignedCheckpoint::checkpoint)
                .map(known -> checkpoint.generation() > known.generation()
                        || checkpoint.generation() == known.generation() && checkpoint.number() > known.number())
                .orElse(true);
    }
}
