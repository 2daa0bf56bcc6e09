package etal.terminal.sync;

import etal.port.StorageFailed;
import etal.protocol.sync.Batch;
import etal.protocol.sync.Topics;
import etal.protocol.sync.bundle.Bundle;
import etal.terminal.ledger.Ledger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages a terminal would send now if its link were up, one after the other: first what is late of the epoch before,
 * then its own entries, at last its word how far it has come. Taken one at a time, so that a card may tap in between. Used
 * once, from the loop only.
 */
public final class Freight {
    private final long fund;
    private final Ledger ledger;
    private final Batches own;
    private final @Nullable LateTail tail;
    private final PresenceTeller presence;
    private long late;
    private long sent;

    /** Reads the entries from a number on. */
    @FunctionalInterface
    interface Batches {
        /** Reads them. */
        Batch from(long firstNumber) throws StorageFailed;
    }

    Freight(long fund, Ledger ledger, Batches own, long hubHas, @Nullable LateTail tail, PresenceTeller presence) {
        this.fund = fund;
        this.ledger = ledger;
        this.own = own;
        this.sent = hubHas;
        this.tail = tail;
        this.late = tail == null ? 0 : tail.hubHas();
        this.presence = presence;
    }

    /**
     * A message.
     *
     * @param entries in it
     */
    public record Piece(Bundle.Message message, int entries) {}

    /** The next one with entries; empty after the last. */
    public Optional<Piece> next() throws StorageFailed {
        if (tail != null && late < tail.last()) {
            Piece piece = piece(tail.batch(late + 1));
            late += piece.entries();
            return Optional.of(piece);
        }
        if (sent < ledger.head().number()) {
            Piece piece = piece(own.from(sent + 1));
            sent += piece.entries();
            return Optional.of(piece);
        }
        return Optional.empty();
    }

    /** The word that ends it: how far the ledger has come by now. */
    public Bundle.Message last() {
        String topic = Topics.here(fund, ledger.identity().id().terminal());
        return new Bundle.Message(topic, presence.word());
    }

    private Piece piece(Batch batch) throws StorageFailed {
        if (batch.entries().isEmpty()) {
            throw new StorageFailed("entries that were there are not there any more");
        }
        Bundle.Message message = new Bundle.Message(Topics.up(fund, batch.terminal()), batch.encode());
        return new Piece(message, batch.entries().size());
    }
}
