package etal.hub.sync;

import etal.hub.ingest.Ingest;
import etal.port.Clock;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.Presence;
import etal.protocol.sync.SignedPresence;
import etal.protocol.trust.Verified;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which terminals are there, as far as the hub has heard since it started. For people to look at: a broker can withhold
 * the word of a terminal, so nothing is decided by it. In memory only; used from the loop only.
 */
public final class RollCall {
    /** Silence after which a terminal counts as offline: two of its words may be lost. */
    public static final Duration SILENCE = Duration.ofSeconds(25);

    private final Clock clock;
    private final Ingest ingest;
    private final long startedNanos;
    private final TreeMap<LedgerId, Heard> newest = new TreeMap<>();

    private long silentBefore;

    private record Heard(Presence presence, long atMillis, long atNanos) {}

    /** A roll on which nobody has answered yet. */
    public RollCall(Clock clock, Ingest ingest) {
        this.clock = clock;
        this.ingest = ingest;
        startedNanos = clock.monotonicNanos();
    }

    /** Where a terminal stands. */
    public sealed interface Standing {
        /** There, and the hub holds all it has. */
        record InStep() implements Standing {}

        /** There, with so many entries to come. */
        record CatchingUp(long entries) implements Standing {}

        /** Not heard of since then, milliseconds since 1970. */
        record Offline(long sinceMillis) implements Standing {}

        /** The hub has started a moment ago and has not heard of it yet. */
        record NotYetHeard() implements Standing {}
    }

    /**
     * Takes one word; true if it is a terminal's own and tells people something new. Nothing is kept of any other: it costs
     * nothing to send, so it must not fill anything.
     */
    boolean hear(Connection connection, byte[] message) throws SQLException {
        SignedPresence signed;
        try {
            signed = SignedPresence.decode(message);
        } catch (Malformed e) {
            return false;
        }
        Presence presence = signed.presence();
        Heard before = newest.get(presence.ledger());
        if (before != null && !presence.newerThan(before.presence())) {
            return false;
        }
        long nowMillis = clock.now().toEpochMilli();
        Optional<Verified> leaf = ingest.terminal(connection, presence.ledger(), nowMillis);
        if (leaf.isEmpty()
                || !Arrays.equals(signed.kid(), leaf.get().leafHash())
                || !signed.verify(leaf.get().leafPublicKey65())) {
            return false;
        }
        newest.put(presence.ledger(), new Heard(presence, nowMillis, clock.monotonicNanos()));
        return before == null
                || silent(before.atNanos())
                || presence.number() != before.presence().number();
    }

    /** Whether another terminal has fallen silent since this was asked last. */
    boolean someoneFellSilent() {
        long silent = newest.values().stream()
                        .filter(heard -> silent(heard.atNanos()))
                        .count()
                + (silent(startedNanos) ? 1 : 0);
        boolean more = silent > silentBefore;
        silentBefore = silent;
        return more;
    }

    /**
     * Where the terminal of that ledger stands.
     *
     * @param number the newest entry the hub holds of it
     * @param receivedMillis when that entry came, milliseconds since 1970
     */
    public Standing standing(LedgerId ledger, long number, long receivedMillis) {
        Heard heard = newest.get(ledger);
        if (heard == null) {
            return silent(startedNanos) ? new Standing.Offline(receivedMillis) : new Standing.NotYetHeard();
        }
        if (silent(heard.atNanos())) {
            return new Standing.Offline(Math.max(heard.atMillis(), receivedMillis));
        }
        long toCome = heard.presence().number() - number;
        return toCome > 0 ? new Standing.CatchingUp(toCome) : new Standing.InStep();
    }

    private boolean silent(long sinceNanos) {
        return clock.monotonicNanos() - sinceNanos >= SILENCE.toNanos();
    }
}
