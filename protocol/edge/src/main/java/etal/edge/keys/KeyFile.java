package etal.edge.keys;

import etal.port.Entropy;
import etal.port.StorageFailed;
import etal.protocol.cose.P256;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.BigIntegers;

/**
 * A private key of P-256 in a file of its own: PKCS#8 (RFC 5958) in PEM, mode 0600, written whole or not at all.
 *
 * <p>A key file that others may read is refused, because it has to be taken for stolen.
 */
public final class KeyFile {
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private KeyFile() {}

    /**
     * The private scalar, 32 bytes.
     *
     * @throws StorageFailed when the file cannot be read, is readable to others, or holds no P-256 key
     */
    public static byte[] read(Path file) throws StorageFailed {
        String text = Pem.read(file);
        insistOnRights(file);
        List<Pem.Block> blocks = Pem.blocks(text, file.toString()).stream()
                .filter(block -> block.label().equals(Pem.PRIVATE_KEY))
                .toList();
        if (blocks.size() != 1) {
            throw new StorageFailed(file + ": " + blocks.size() + " private keys in it, instead of one");
        }
        return scalar(blocks.getFirst().der(), file);
    }

    /** Writes the key, in place of what was there; it is on the disk when this returns. */
    public static void write(Path file, byte[] scalar) throws StorageFailed {
        String pem = Pem.encode(Pem.PRIVATE_KEY, pkcs8(scalar));
        PrivateFile.write(file, pem.getBytes(StandardCharsets.US_ASCII));
    }

    /** The key in {@code file}, made now if there is none. */
    public static byte[] readOrMake(Path file, Entropy entropy) throws StorageFailed {
        if (!Files.exists(file)) {
            write(file, P256.newScalar(entropy::fill));
        }
        return read(file);
    }

    /** The key as PKCS#8, public key included, as others' tools expect it. */
    public static byte[] pkcs8(byte[] scalar) {
        ASN1BitString publicKey = new DERBitString(P256.publicKey(scalar));
        AlgorithmIdentifier p256 =
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
        try {
            return new PrivateKeyInfo(p256, new ECPrivateKey(256, new BigInteger(1, scalar), publicKey, null))
                    .getEncoded("DER");
        } catch (IOException e) {
            throw new IllegalStateException("a key in memory can always be encoded", e);
        }
    }

    private static byte[] scalar(byte[] der, Path file) throws StorageFailed {
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(der);
            if (!SECObjectIdentifiers.secp256r1.equals(
                    info.getPrivateKeyAlgorithm().getParameters())) {
                throw new StorageFailed(file + ": not a key of P-256");
            }
            BigInteger key = ECPrivateKey.getInstance(info.parsePrivateKey()).getKey();
            byte[] scalar = BigIntegers.asUnsignedByteArray(32, key);
            // Making its public key insists that the number is a key at all.
            return P256.publicKey(scalar).length == P256.PUBLIC_LENGTH ? scalar : new byte[0];
        } catch (IOException | IllegalArgumentException e) {
            throw new StorageFailed(file + ": not a private key in PKCS#8", e);
        }
    }

    private static void insistOnRights(Path file) throws StorageFailed {
        try {
            if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw new StorageFailed(file + ": others than its owner may use this key; take it for stolen");
            }
        } catch (IOException e) {
            throw new StorageFailed(file + ": cannot be read: " + e, e);
        }
    }
}
