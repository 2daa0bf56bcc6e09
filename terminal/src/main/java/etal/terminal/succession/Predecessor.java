package etal.terminal.succession;

import etal.port.Medium;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.Succession;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a technician gives a rebuilt terminal of the epoch before: as much of it as there is.
 *
 * @param ledger the ledger before, of the same terminal
 * @param chain its X.509 certificates, DER, leaf first, root left out; empty where they are not at hand, and then the
 *     second medium cannot be believed
 * @param told how far the hub says that ledger came; null where nobody looked
 * @param stick the second medium of that ledger, only ever read; null where it is gone
 */
public record Predecessor(
        LedgerId ledger,
        List<byte[]> chain,
        @Nullable Succession told,
        @Nullable Medium stick) {
    // Written out, because a compact constructor's class file loses @Nullable for callers elsewhere.
    public Predecessor(LedgerId ledger, List<byte[]> chain, @Nullable Succession told, @Nullable Medium stick) {
        if (told != null && told.epoch() != ledger.epoch()) {
            throw new IllegalArgumentException("told of epoch " + told.epoch() + ", not of " + ledger);
        }
        this.ledger = ledger;
        this.chain = List.copyOf(chain);
        this.told = told;
        this.stick = stick;
    }
}
