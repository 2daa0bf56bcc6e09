package etal.hub.members;

import etal.port.Signer;
import etal.protocol.cose.Hash;
import java.util.List;
import java.util.Map;

/**
 * The hub's keys and what vouches for them. Arrays are not copied: nobody changes them.
 *
 * @param rootDer the fund's root certificate
 * @param cardCaKeys public keys of the card CAs by their number
 * @param acknowledging signs acknowledgements
 * @param acknowledgingChain its certificates, leaf first, root left out
 * @param documents signs documents and period tokens (issuing slot 0)
 * @param documentsChain its certificates, leaf first, root left out
 * @param sealScalar the private key to which carried records are sealed, 32 bytes
 */
public record HubKeys(
        byte[] rootDer,
        Map<Integer, byte[]> cardCaKeys,
        Signer acknowledging,
        List<byte[]> acknowledgingChain,
        Signer documents,
        List<byte[]> documentsChain,
        byte[] sealScalar) {
    /** By what acknowledgements name their signer. */
    public byte[] acknowledgingKid() {
        return Hash.sha256(acknowledgingChain.getFirst());
    }

    /** By what documents name their signer. */
    public byte[] documentsKid() {
        return Hash.sha256(documentsChain.getFirst());
    }

    /** Says nothing of the keys. */
    @Override
    public String toString() {
        return "HubKeys";
    }
}
