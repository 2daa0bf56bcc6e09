package etal.hub.main;

import etal.edge.keys.KeyFile;
import etal.edge.keys.Pem;
import etal.edge.keys.PrivateFile;
import etal.edge.keys.SoftwareSigner;
import etal.hub.members.HubKeys;
import etal.port.Entropy;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.P256;
import etal.protocol.trust.Role;
import etal.protocol.trust.TrustFile;
import etal.protocol.trust.Verified;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The hub's keys in {@code keys/}: ack.key, documents.key, seal.key, and mqtt.key with its certificates in mqtt.pem. */
final class KeyRing {
    private static final List<String> NAMES = List.of("ack", "documents", "seal", "mqtt");

    private KeyRing() {}

    /** Where a key lies. */
    static Path key(Path directory, String name) {
        return directory.resolve("keys").resolve(name + ".key");
    }

    /** Where the certificates of the hub's client of the broker lie, leaf first. */
    static Path mqttCertificates(Path directory) {
        return directory.resolve("keys").resolve("mqtt.pem");
    }

    /** Makes the keys that are not there yet; beside each, in NAME.pub, its public half for the authority to certify. */
    static void make(Path directory, Entropy entropy) throws StorageFailed {
        PrivateFile.directory(directory.resolve("keys"));
        for (String name : NAMES) {
            Path key = key(directory, name);
            byte[] publicKey = P256.publicKey(KeyFile.readOrMake(key, entropy));
            try {
                byte[] info = P256.jcaPublic(publicKey).getEncoded();
                String pem = Pem.encode("PUBLIC KEY", info);
                PrivateFile.write(key.resolveSibling(name + ".pub"), pem.getBytes(StandardCharsets.US_ASCII));
            } catch (Malformed e) {
                throw new IllegalStateException("a public key just computed", e);
            }
        }
    }

    /**
     * Reads the keys with which the core works.
     *
     * @throws StorageFailed when one is missing, or the trust file does not vouch for it
     */
    static HubKeys read(Path directory, TrustFile trust, int issuingSlot) throws StorageFailed {
        byte[] acknowledging = KeyFile.read(key(directory, "ack"));
        byte[] documents = KeyFile.read(key(directory, "documents"));
        byte[] seal = KeyFile.read(key(directory, "seal"));
        chain(trust, Role.HUB_SEAL, seal);
        return new HubKeys(
                trust.root(),
                trust.cardCaKeys(),
                new SoftwareSigner(acknowledging),
                chain(trust, Role.HUB_ACK, acknowledging),
                new SoftwareSigner(documents),
                chain(trust, Role.HUB_DOCUMENTS, documents),
                seal,
                issuingSlot,
                before(trust, P256.publicKey(documents)));
    }

    /** The fund's other documents keys: what this hub has signed with one of them is its own still. */
    private static List<byte[]> before(TrustFile trust, byte[] own) {
        return trust.withRole(Role.HUB_DOCUMENTS).stream()
                .map(Verified::leafPublicKey65)
                .filter(key -> !Arrays.equals(key, own))
                .toList();
    }

    private static List<byte[]> chain(TrustFile trust, Role role, byte[] scalar) throws StorageFailed {
        byte[] publicKey = P256.publicKey(scalar);
        for (Verified leaf : trust.withRole(role)) {
            if (Arrays.equals(leaf.leafPublicKey65(), publicKey)) {
                return trust.chain(leaf.leafHash());
            }
        }
        throw new StorageFailed("the trust file has no certificate of role " + role + " for the hub's key: issue one");
    }
}
