package etal.edge.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.SeededEntropy;
import etal.port.StorageFailed;
import etal.protocol.cose.P256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All keys here are test secrets. */
final class KeyFileTest {
    @TempDir
    Path directory;

    @Test
    void a_key_is_made_once_and_read_again() throws Exception {
        Path file = directory.resolve("keys/terminal.key");
        byte[] made = KeyFile.readOrMake(file, new SeededEntropy(1));
        assertArrayEquals(made, KeyFile.readOrMake(file, new SeededEntropy(2)));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
        try (var files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void the_jdk_reads_the_same_key() throws Exception {
        byte[] scalar = P256.newScalar(new SeededEntropy(3)::fill);
        ECPrivateKey key = (ECPrivateKey)
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(KeyFile.pkcs8(scalar)));
        assertEquals(new java.math.BigInteger(1, scalar), key.getS());
    }

    @Test
    void a_key_that_others_may_read_is_refused() throws Exception {
        Path file = directory.resolve("terminal.key");
        KeyFile.readOrMake(file, new SeededEntropy(1));
        for (String rights : List.of("rw-r-----", "rw----r--", "rw--w----")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
            StorageFailed refused = assertThrows(StorageFailed.class, () -> KeyFile.read(file));
            assertTrue(refused.toString().contains("take it for stolen"), refused.toString());
        }
    }

    @Test
    void what_is_no_key_is_named_without_telling_it() throws Exception {
        Path file = directory.resolve("terminal.key");
        for (String text : List.of(
                "",
                "no pem",
                "-----BEGIN PRIVATE KEY-----\nAAAA",
                "-----BEGIN PRIVATE KEY-----\n!!\n-----END PRIVATE KEY-----\n",
                Pem.encode(Pem.PRIVATE_KEY, new byte[] {1, 2, 3}))) {
            PrivateFile.write(file, text.getBytes(StandardCharsets.US_ASCII));
            StorageFailed refused = assertThrows(StorageFailed.class, () -> KeyFile.read(file));
            assertTrue(refused.toString().contains(file.toString()), refused.toString());
        }
        assertThrows(StorageFailed.class, () -> KeyFile.read(directory.resolve("missing.key")));
    }

    @Test
    void certificates_go_through_pem_unchanged_and_text_around_them_does_not_matter() throws Exception {
        List<byte[]> ders = List.of(new SeededEntropy(1).bytes(500), new SeededEntropy(2).bytes(48));
        Path file = Files.writeString(
                directory.resolve("trust.pem"),
                "the root\n" + Pem.certificates(ders).replace("\n", "\r\n") + "end\n");
        List<byte[]> read = Pem.certificates(file);
        assertEquals(2, read.size());
        assertArrayEquals(ders.get(0), read.get(0));
        assertArrayEquals(ders.get(1), read.get(1));
    }

    @Test
    void a_signer_signs_the_same_bytes_the_same_way() {
        byte[] scalar = P256.newScalar(new SeededEntropy(4)::fill);
        SoftwareSigner signer = new SoftwareSigner(scalar);
        byte[] message = "sample".getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(signer.sign(message), new SoftwareSigner(scalar).sign(message));
        assertTrue(P256.verifyLowS(signer.publicKey(), message, signer.sign(message)));
        assertThrows(IllegalArgumentException.class, () -> new SoftwareSigner(new byte[32]));
    }
}
