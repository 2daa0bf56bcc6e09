package etal.terminal.ledger;

import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.SignedCheckpoint;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Walks the terminal's own chain and checks every link and every signature. One walk, one object. */
final class OwnChain {
    private final Identity identity;
    private final byte[] publicKey;
    private Head head = Head.none();
    private boolean trusted = true;
    private boolean retired;
    private boolean training;
    private byte @Nullable [] recordedCheckpoint;
    private Body.@Nullable RulesApplied rules;
    private Body.@Nullable Genesis genesis;

    OwnChain(Identity identity) {
        this.identity = identity;
        this.publicKey = identity.signer().publicKey();
    }

    /** Takes the next entry; false if it is not the next one of this chain. */
    boolean accept(byte[] bytes) {
        try {
            SignedEntry signed = SignedEntry.decode(bytes);
            Entry entry = signed.entry();
            boolean fits = entry.terminal() == identity.id().terminal()
                    && entry.epoch() == identity.id().epoch()
                    && entry.number() == head.number() + 1
                    && Arrays.equals(entry.previous(), head.hash())
                    && !retired
                    && signed.verify(publicKey);
            if (fits) {
                head = new Head(entry.number(), signed.hash(), entry.timeMillis());
                trusted = entry.trusted();
                switch (entry.body()) {
                    case Body.CheckpointReceived received -> recordedCheckpoint = received.checkpoint();
                    case Body.RulesApplied applied -> rules = applied;
                    case Body.Genesis first -> genesis = first;
                    case Body.Retirement last -> retired = true;
                    case Body.TechnicalEvent event -> training = training(training, event);
                    default -> {}
                }
            }
            return fits;
        } catch (Malformed notAnEntry) {
            return false;
        }
    }

    /** Whether the till practises after an event. */
    static boolean training(boolean before, Body.TechnicalEvent event) {
        return switch (event.code()) {
            case Body.TechnicalEvent.TRAINING_BEGUN -> true;
            case Body.TechnicalEvent.TRAINING_ENDED -> false;
            default -> before;
        };
    }

    Head head() {
        return head;
    }

    Checked checked(@Nullable SignedCheckpoint newest) {
        boolean recorded = newest == null || Arrays.equals(newest.bytes(), recordedCheckpoint);
        return new Checked(head, newest, recorded, rules, genesis, trusted, retired, training);
    }

    /**
     * What the walk found, with the newest acknowledgement in store.
     *
     * @param trusted whether the time of the last entry was
     * @param retired whether the last entry is the end
     * @param training whether the till practises
     */
    record Checked(
            Head head,
            @Nullable SignedCheckpoint acknowledged,
            boolean acknowledgementRecorded,
            Body.@Nullable RulesApplied rules,
            Body.@Nullable Genesis genesis,
            boolean trusted,
            boolean retired,
            boolean training) {}
}
