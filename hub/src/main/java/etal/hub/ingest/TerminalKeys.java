package etal.hub.ingest;

import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.LedgerId;
import etal.protocol.trust.Role;
import etal.protocol.trust.Verified;
import etal.protocol.trust.X509Chain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whose key a chain of certificates vouches for. Remembers what it has verified, because every batch brings it again. */
final class TerminalKeys {
    private static final int REMEMBERED_MAX = 1_000;

    private final byte[] rootDer;
    private final long fund;
    private final Map<String, Verified> verified = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    TerminalKeys(byte[] rootDer, long fund) {
        this.rootDer = rootDer.clone();
        this.fund = fund;
    }

    /**
     * The terminal's leaf.
     *
     * @throws Malformed when the chain does not lead to the root, or is not that terminal's in that epoch
     */
    Verified of(LedgerId ledger, List<byte[]> chainLeafFirst, long atMillis) throws Malformed {
        String key = Hash.hex(Hash.sha256(chainLeafFirst.toArray(byte[][]::new)));
        Verified leaf = verified.get(key);
        if (leaf == null) {
            leaf = X509Chain.verify(chainLeafFirst, rootDer, atMillis);
            verified.put(key, leaf);
        }
        if (leaf.fund() != fund) {
            throw new Malformed("a certificate of fund " + leaf.fund());
        }
        if (leaf.role() != Role.TERMINAL || !leaf.commonName().equals(ledger.toString())) {
            throw new Malformed("the certificate of " + leaf.commonName() + " is not that of terminal " + ledger);
        }
        return leaf;
    }
}
