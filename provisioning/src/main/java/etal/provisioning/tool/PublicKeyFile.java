package etal.provisioning.tool;

import etal.edge.keys.Pem;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.P256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** A public key of P-256 in a PEM file of its own. */
final class PublicKeyFile {
    private static final int BYTES_MAX = 4_096;

    private PublicKeyFile() {}

    /** The key, uncompressed, 65 bytes. */
    static byte[] read(Path key) throws BadInput {
        try {
            if (Files.size(key) > BYTES_MAX) {
                throw new BadInput("not-a-key", key);
            }
            var blocks = Pem.blocks(Files.readString(key, StandardCharsets.ISO_8859_1), key.toString());
            if (blocks.size() != 1 || !blocks.getFirst().label().equals("PUBLIC KEY")) {
                throw new BadInput("not-a-key", key);
            }
            var info = SubjectPublicKeyInfo.getInstance(blocks.getFirst().der());
            byte[] point = info.getPublicKeyData().getOctets();
            if (!SECObjectIdentifiers.secp256r1.equals(info.getAlgorithm().getParameters())
                    || point.length != P256.PUBLIC_LENGTH) {
                throw new BadInput("not-a-key", key);
            }
            P256.check(point);
            return point;
        } catch (IOException | StorageFailed | Malformed | RuntimeException e) {
            // Whatever a file holds instead of a key, the technician needs one sentence.
            throw new BadInput("not-a-key", key);
        }
    }
}
