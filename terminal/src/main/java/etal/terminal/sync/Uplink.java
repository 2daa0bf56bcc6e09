package etal.terminal.sync;

import etal.port.Database.Damaged;
import etal.port.Link;
import etal.port.Link.LinkEvent;
import etal.port.Loop;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.Batch;
import etal.protocol.sync.Checkpoint;
import etal.protocol.sync.Gap;
import etal.protocol.sync.SignedCheckpoint;
import etal.protocol.sync.Topics;
import etal.protocol.trust.TrustFile;
import etal.terminal.ledger.Ledger;
import etal.terminal.order.OrderBook;
import etal.terminal.rules.RuleBook;
import etal.terminal.succession.Inheritance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends the ledger up until the hub has acknowledged it, and takes what the hub sends. The ledger is the outbox: nothing
 * else is remembered, and whatever is lost, doubled or late on the way does no harm. Used from the loop only.
 */
public final class Uplink {
    /** Entries of one batch. */
    public static final int ENTRIES_MAX = 200;
    /** Bytes of the entries of one batch, unless its only entry is larger. */
    public static final int BYTES_MAX = 256 * 1024;

    private static final Duration GATHER = Duration.ofMillis(200);
    private static final Duration RESEND_FIRST = Duration.ofSeconds(5);
    private static final Duration RESEND_LAST = Duration.ofMinutes(2);

    private final Ledger ledger;
    private final Link link;
    private final Loop loop;
    private final long fund;
    private final Checkpoints checkpoints;
    private final Documents documents;
    private final Refusals refusals;
    private final PresenceTeller presence;
    private final @Nullable LateTail tail;
    private boolean up;
    private long hubHas;
    private Duration resend = RESEND_FIRST;
    private Loop.@Nullable Timer timer;
    private boolean awaitingAnswer;

    /**
     * Call {@link #start} once everything else stands.
     *
     * @param inheritance what is to go up of the epoch before, in a rebuilt terminal
     */
    public Uplink(
            Ledger ledger,
            Link link,
            Loop loop,
            TrustFile trust,
            RuleBook rules,
            OrderBook orders,
            long fund,
            @Nullable Inheritance inheritance) {
        this.ledger = ledger;
        this.link = link;
        this.loop = loop;
        this.fund = fund;
        this.checkpoints = new Checkpoints(ledger, trust);
        this.documents = new Documents(ledger, trust, rules, orders, fund);
        this.refusals = new Refusals(ledger);
        this.presence = new PresenceTeller(ledger, link, loop, fund);
        this.tail = inheritance == null ? null : new LateTail(inheritance, trust, link, loop, fund);
        this.hubHas = acknowledged();
    }

    /** Begins to listen. */
    public void start() {
        ledger.onAppend(this::appended);
        link.listen(this::onLink);
    }

    /** The number the hub has signed for, 0 if none. */
    public long acknowledged() {
        return ledger.acknowledged()
                .map(SignedCheckpoint::checkpoint)
                .map(Checkpoint::number)
                .orElse(0L);
    }

    /** Entries the hub has not signed for, of the epoch before too; at 0 the lamp says that all is up. */
    public long unacknowledged() {
        return ledger.head().number() - acknowledged() + (tail == null ? 0 : tail.unacknowledged());
    }

    /** Whether the link is up. */
    public boolean up() {
        return up;
    }

    /** The topics a terminal listens to. */
    public static List<String> topics(long fund, long terminal) {
        return List.of(Topics.ack(fund, terminal), Topics.gap(fund, terminal), Topics.docs(fund));
    }

    private void onLink(LinkEvent event) {
        switch (event) {
            case LinkEvent.Up nowUp -> {
                up = true;
                awaitingAnswer = false;
                resend = RESEND_FIRST;
                sendNext();
                if (tail != null) {
                    tail.up();
                }
                presence.up();
            }
            case LinkEvent.Down down -> {
                up = false;
                awaitingAnswer = false;
                cancelTimer();
                if (tail != null) {
                    tail.down();
                }
                presence.down();
            }
            case LinkEvent.Received received -> {
                var unused = take(received.topic(), received.message());
            }
        }
    }

    /** Several entries of one payment, or of a busy minute, go up together. */
    private void appended() {
        presence.appended();
        if (up && !awaitingAnswer && timer == null) {
            timer = loop.after(GATHER, this::timeToSend);
        }
    }

    private void timeToSend() {
        timer = null;
        if (awaitingAnswer) {
            resend = resend.multipliedBy(2).compareTo(RESEND_LAST) > 0 ? RESEND_LAST : resend.multipliedBy(2);
        }
        sendNext();
    }

    private void sendNext() {
        cancelTimer();
        awaitingAnswer = false;
        if (up && ledger.head().number() > hubHas && send(hubHas + 1)) {
            awaitingAnswer = true;
            timer = loop.after(resend, this::timeToSend);
        }
    }

    private boolean send(long firstNumber) {
        try {
            String topic = Topics.up(fund, ledger.identity().id().terminal());
            link.send(Link.Topic.passing(topic), batch(firstNumber).encode());
            return true;
        } catch (StorageFailed unreadable) {
            // The till itself notices and says so; the next commit or link event tries again.
            return false;
        }
    }

    private Batch batch(long firstNumber) throws StorageFailed {
        LedgerId id = ledger.identity().id();
        List<byte[]> entries = ledger.from(firstNumber, ENTRIES_MAX, BYTES_MAX);
        return new Batch(id.terminal(), id.epoch(), ledger.identity().chain(), entries);
    }

    /** All that the hub has not signed for, to be handed over some other way than by the link. */
    public Freight freight() {
        return new Freight(fund, ledger, this::batch, hubHas, tail, presence);
    }

    private void cancelTimer() {
        Loop.Timer pending = timer;
        if (pending != null) {
            pending.cancel();
            timer = null;
        }
    }

    /** What a message from the hub was. */
    public enum Taken {
        /** It is obeyed from now on. */
        NEWS,
        /** Nothing new. */
        KNOWN,
        /** The hub has said more since. */
        OLDER,
        /** It is not the hub's, or not for this ledger; noted. */
        REFUSED,
        /** It could not be stored: bring it again. */
        FAILED
    }

    /** Takes one message from the hub, however it came. */
    public Taken take(String topic, byte[] message) {
        try {
            LedgerId id = ledger.identity().id();
            if (topic.equals(Topics.ack(fund, id.terminal()))) {
                SignedCheckpoint signed = SignedCheckpoint.decode(message);
                return tail != null && tail.take(signed) ? Taken.KNOWN : acknowledged(signed);
            }
            if (topic.equals(Topics.gap(fund, id.terminal()))) {
                gap(Gap.decode(message));
                return Taken.NEWS;
            }
            // An empty message only tells the broker that a superseded document need not stand there any more.
            return message.length > 0 && documents.take(message) ? Taken.NEWS : Taken.KNOWN;
        } catch (Malformed refused) {
            note(refused.getMessage());
            return Taken.REFUSED;
        } catch (StorageFailed failed) {
            // Whatever it was comes again: acknowledgements by resending, documents because they are retained.
            awaitingAnswer = false;
            if (failed.getCause() instanceof Damaged damaged) {
                note(damaged.getMessage());
            }
            return Taken.FAILED;
        }
    }

    private void note(@Nullable String reason) {
        try {
            refusals.note(reason == null ? "malformed" : reason);
        } catch (StorageFailed failed) {
            // The message stays refused; only the note of it is lost.
            awaitingAnswer = false;
        }
    }

    private Taken acknowledged(SignedCheckpoint signed) throws Malformed, StorageFailed {
        Optional<SignedCheckpoint> before = ledger.acknowledged();
        Checkpoint checkpoint = checkpoints.take(signed);
        acknowledged(checkpoint);
        if (!ledger.acknowledged().equals(before)) {
            return Taken.NEWS;
        }
        boolean older = before.map(SignedCheckpoint::checkpoint)
                .filter(known -> known.generation() > checkpoint.generation() || known.number() > checkpoint.number())
                .isPresent();
        return older ? Taken.OLDER : Taken.KNOWN;
    }

    private void acknowledged(Checkpoint checkpoint) {
        boolean restoredSince = ledger.acknowledged()
                .filter(known -> known.checkpoint().generation() > checkpoint.generation())
                .isPresent();
        if (restoredSince) {
            // The hub was restored after it signed this and may have lost what it signed for.
            return;
        }
        boolean restored = acknowledged() == checkpoint.number() && checkpoint.number() < hubHas;
        if (checkpoint.number() > hubHas || restored) {
            hubHas = checkpoint.number();
            resend = RESEND_FIRST;
            sendNext();
        }
    }

    /** The hub lacks entries from there on: start over from there. */
    private void gap(Gap gap) {
        if (tail != null && tail.gap(gap)) {
            return;
        }
        LedgerId id = ledger.identity().id();
        boolean ours = gap.terminal() == id.terminal() && gap.epoch() == id.epoch();
        if (ours && gap.firstNumber() <= ledger.head().number()) {
            hubHas = gap.firstNumber() - 1;
            sendNext();
        }
    }
}
