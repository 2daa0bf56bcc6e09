package etal.terminal.sync;

import etal.port.Link;
import etal.port.Loop;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.sync.Batch;
import etal.protocol.sync.Checkpoint;
import etal.protocol.sync.Gap;
import etal.protocol.sync.SignedCheckpoint;
import etal.protocol.sync.Topics;
import etal.protocol.trust.Role;
import etal.protocol.trust.TrustFile;
import etal.protocol.trust.Verified;
import etal.terminal.succession.Inheritance;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends up what the hub has not acknowledged of the epoch before, beside the terminal's own ledger and by the same rules:
 * again until it is acknowledged, again from where the hub asks. A batch names its ledger, so the two never mix. Used from the
 * loop only.
 */
final class LateTail {
    private static final Duration RESEND_FIRST = Duration.ofSeconds(5);
    private static final Duration RESEND_LAST = Duration.ofMinutes(2);

    private final Inheritance inheritance;
    private final TrustFile trust;
    private final Link link;
    private final Loop loop;
    private final long fund;
    private boolean up;
    private long hubHas;
    private Duration resend = RESEND_FIRST;
    private Loop.@Nullable Timer timer;

    LateTail(Inheritance inheritance, TrustFile trust, Link link, Loop loop, long fund) {
        this.inheritance = inheritance;
        this.trust = trust;
        this.link = link;
        this.loop = loop;
        this.fund = fund;
        this.hubHas = inheritance.acknowledged();
    }

    /** Entries of the epoch before that the hub has not signed for. */
    long unacknowledged() {
        return Math.max(0, inheritance.last() - inheritance.acknowledged());
    }

    void up() {
        up = true;
        resend = RESEND_FIRST;
        send();
    }

    void down() {
        up = false;
        cancel();
    }

    private void send() {
        cancel();
        if (!up || hubHas >= inheritance.last()) {
            return;
        }
        try {
            String topic = Topics.up(fund, inheritance.ledger().terminal());
            link.send(Link.Topic.passing(topic), batch(hubHas + 1).encode());
        } catch (StorageFailed unreadable) {
            // The till itself notices and says so; here the next try comes by itself.
            resend = RESEND_LAST;
        }
        timer = loop.after(resend, this::again);
    }

    /** The entries from a number on. */
    Batch batch(long firstNumber) throws StorageFailed {
        return new Batch(
                inheritance.ledger().terminal(),
                inheritance.ledger().epoch(),
                inheritance.chain(),
                inheritance.from(firstNumber, Uplink.ENTRIES_MAX, Uplink.BYTES_MAX));
    }

    /** The number up to which the hub has it. */
    long hubHas() {
        return hubHas;
    }

    /** The number of its last entry. */
    long last() {
        return inheritance.last();
    }

    private void again() {
        resend = resend.multipliedBy(2).compareTo(RESEND_LAST) > 0 ? RESEND_LAST : resend.multipliedBy(2);
        send();
    }

    /** Whether a word of the hub is about this ledger; then it is taken here. @throws Malformed why it is refused */
    boolean take(SignedCheckpoint signed) throws Malformed, StorageFailed {
        Checkpoint checkpoint = signed.checkpoint();
        if (!checkpoint.ledger().equals(inheritance.ledger())) {
            return false;
        }
        Optional<Verified> signer = trust.signer(signed.kid(), Role.HUB_ACK);
        if (signer.isEmpty() || !signed.verify(signer.get().leafPublicKey65())) {
            throw new Malformed("an acknowledgement not signed by the hub");
        }
        Optional<byte[]> own = inheritance.hashOf(checkpoint.number());
        // The hub may have more of that ledger than its second medium kept: then nothing of it is late.
        if (own.isPresent() && !Arrays.equals(own.get(), checkpoint.head())) {
            throw new Malformed("an acknowledgement of another entry " + checkpoint.number() + " of the epoch before");
        }
        boolean newer = checkpoint.generation() > inheritance.generation()
                || checkpoint.generation() == inheritance.generation()
                        && checkpoint.number() > inheritance.acknowledged();
        if (newer) {
            inheritance.acknowledge(signed);
            hubHas = checkpoint.number();
            resend = RESEND_FIRST;
            send();
        }
        return true;
    }

    /** Whether the hub lacks something of this ledger; then it is sent again from there. */
    boolean gap(Gap gap) {
        boolean ours = gap.terminal() == inheritance.ledger().terminal()
                && gap.epoch() == inheritance.ledger().epoch();
        if (ours && gap.firstNumber() <= inheritance.last()) {
            hubHas = gap.firstNumber() - 1;
            resend = RESEND_FIRST;
            send();
        }
        return ours;
    }

    private void cancel() {
        Loop.Timer pending = timer;
        if (pending != null) {
            pending.cancel();
            timer = null;
        }
    }
}
