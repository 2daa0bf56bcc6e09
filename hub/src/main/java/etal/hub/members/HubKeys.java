package etal.hub.members;

import etal.port.Signer;
import etal.protocol.cose.Hash;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The hub's keys and what vouches for them. Arrays are not copied: nobody changes them.
 *
 * @param rootDer the fund's root certificate
 * @param cardCaKeys public keys of the card CAs by their number
 * @param acknowledging signs acknowledgements
 * @param acknowledgingChain its certificates, leaf first, root left out
 * @param documents signs documents, period tokens and orders to cards
 * @param documentsChain its certificates, leaf first, root left out
 * @param sealScalar the private key to which carried records are sealed, 32 bytes
 * @param issuingSlot in which of a card's two slots for the fund's keys it has the documents key, 0 or 1
 * @param documentsBefore public keys with which this hub has signed documents before, 65 bytes each
 */
public record HubKeys(
        byte[] rootDer,
        Map<Integer, byte[]> cardCaKeys,
        Signer acknowledging,
        List<byte[]> acknowledgingChain,
        Signer documents,
        List<byte[]> documentsChain,
        byte[] sealScalar,
        int issuingSlot,
        List<byte[]> documentsBefore) {
    /** Of a hub whose documents key was never exchanged. */
    public HubKeys(
            byte[] rootDer,
            Map<Integer, byte[]> cardCaKeys,
            Signer acknowledging,
            List<byte[]> acknowledgingChain,
            Signer documents,
            List<byte[]> documentsChain,
            byte[] sealScalar) {
        this(
                rootDer,
                cardCaKeys,
                acknowledging,
                acknowledgingChain,
                documents,
                documentsChain,
                sealScalar,
                0,
                List.of());
    }

    /** Whether something verifies under a key with which this hub signs documents or has signed them before. */
    public boolean isOwn(Predicate<byte[]> verifies) {
        return verifies.test(documents.publicKey()) || documentsBefore.stream().anyMatch(verifies);
    }

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
