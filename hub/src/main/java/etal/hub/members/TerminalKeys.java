package etal.hub.members;

import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.LedgerId;
import etal.protocol.trust.Role;
import etal.protocol.trust.Verified;
import etal.protocol.trust.X509Chain;
import etal.protocol.trust.X509Chain.Validity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose key a chain of certificates vouches for, and until when. Remembers what it has verified, because every batch brings
 * it again. Used from the loop only.
 */
public final class TerminalKeys {
    private static final int REMEMBERED_MAX = 1_000;

    private final byte[] rootDer;
    private final long fund;
    private final Map<String, Known> verified = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    /**
     * A terminal's leaf.
     *
     * @param validity when its whole chain is valid
     */
    public record Known(Verified leaf, Validity validity) {
        /**
         * Whether what was written then is vouched for. What comes late is judged by its own time, for a stall without a network
         * outlives its certificate; a time before the certificate's is that of a clock that had not been set.
         */
        public boolean vouchesFor(long writtenMillis, long nowMillis) {
            return nowMillis <= validity.untilMillis() || writtenMillis <= validity.untilMillis();
        }
    }

    /** Keys of the terminals of that fund, under that root. */
    public TerminalKeys(byte[] rootDer, long fund) {
        this.rootDer = rootDer.clone();
        this.fund = fund;
    }

    /**
     * The terminal's leaf; it may have ended since.
     *
     * @throws Malformed when the chain does not lead to the root, is not valid yet, or is not that terminal's in that epoch
     */
    public Known of(LedgerId ledger, List<byte[]> chainLeafFirst, long nowMillis) throws Malformed {
        String key = Hash.hex(Hash.sha256(chainLeafFirst.toArray(byte[][]::new)));
        Known known = verified.get(key);
        if (known == null) {
            Validity validity = X509Chain.validity(chainLeafFirst, rootDer);
            long atMillis = Math.min(nowMillis, validity.untilMillis());
            known = new Known(X509Chain.verify(chainLeafFirst, rootDer, atMillis), validity);
            verified.put(key, known);
        }
        Verified leaf = known.leaf();
        if (leaf.fund() != fund) {
            throw new Malformed("a certificate of fund " + leaf.fund());
        }
        if (leaf.role() != Role.TERMINAL || !leaf.commonName().equals(ledger.toString())) {
            throw new Malformed("the certificate of " + leaf.commonName() + " is not that of terminal " + ledger);
        }
        return known;
    }
}
