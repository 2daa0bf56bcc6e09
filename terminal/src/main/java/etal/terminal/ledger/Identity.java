package etal.terminal.ledger;

import etal.port.Signer;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.LedgerId;
import java.util.List;

/**
 * Who signs here.
 *
 * @param chain the terminal's X.509 certificates, DER, leaf first, root left out
 */
public record Identity(LedgerId id, List<byte[]> chain, Signer signer) {
    /** A copy of the chain. */
    public Identity {
        chain = List.copyOf(chain);
    }

    /** SHA-256 of the leaf: how a verifier finds the key. */
    public byte[] kid() {
        return Hash.sha256(chain.getFirst());
    }

    /** SHA-256 of each certificate, leaf first, as the genesis names them. */
    public List<byte[]> certificateHashes() {
        return chain.stream().map(certificate -> Hash.sha256(certificate)).toList();
    }
}
