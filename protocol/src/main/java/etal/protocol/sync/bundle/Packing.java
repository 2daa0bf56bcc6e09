package etal.protocol.sync.bundle;

import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.bundle.Bundle.Message;
import java.util.ArrayList;
import java.util.List;

/** A bundle being packed: it takes messages as long as they fit. Not safe for use by several threads. */
public final class Packing {
    private static final int END_BYTES = 64;
    private static final int KEPT_FREE_BYTES = 2_048;

    private final Way way;
    private final long fund;
    private final LedgerId ledger;
    private final int bytesMax;
    private final List<Message> messages = new ArrayList<>();
    private long bytes;

    /** An empty one of the size that is read. */
    public Packing(Way way, long fund, LedgerId ledger) {
        this(way, fund, ledger, Bundle.BYTES_MAX);
    }

    /** An empty one of at most about {@code bytesMax} bytes. */
    public Packing(Way way, long fund, LedgerId ledger, int bytesMax) {
        this.way = way;
        this.fund = fund;
        this.ledger = ledger;
        this.bytesMax = Math.min(bytesMax, Bundle.BYTES_MAX - KEPT_FREE_BYTES);
        this.bytes = Bundle.header(way, fund, ledger).length + END_BYTES;
    }

    /** Packs one more message; false, and nothing is packed, where it does not fit any more. */
    public boolean add(Message message) {
        return messages.size() < Bundle.MESSAGES_MAX - 1 && fits(message, bytesMax);
    }

    /** Packs the last one, for which some room was kept free: at most a kilobyte. */
    public boolean addLast(Message message) {
        return messages.size() < Bundle.MESSAGES_MAX && fits(message, bytesMax + KEPT_FREE_BYTES);
    }

    private boolean fits(Message message, int within) {
        if (message.payload().length > Bundle.PAYLOAD_BYTES_MAX) {
            return false;
        }
        long more = Bundle.length(message);
        if (bytes + more > within) {
            return false;
        }
        bytes += more;
        return messages.add(message);
    }

    /** What was packed so far. */
    public Bundle bundle() {
        return new Bundle(way, fund, ledger, messages);
    }
}
