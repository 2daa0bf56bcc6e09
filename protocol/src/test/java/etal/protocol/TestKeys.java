package etal.protocol;

import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Keys for tests, made from names: not secret, never to be trusted. */
public final class TestKeys {
    private TestKeys() {}

    /** The private scalar of that name. */
    public static byte[] scalar(String name) {
        return P256.newScalar(stream("test key, not secret: " + name));
    }

    /** Its public key, 65 bytes. */
    public static byte[] publicKey(String name) {
        return P256.publicKey(scalar(name));
    }

    /** Signs with it. */
    public static UnaryOperator<byte[]> signer(String name) {
        byte[] scalar = scalar(name);
        return message -> P256.sign(scalar, message);
    }

    /** A stream of bytes that looks random and is the same each time. */
    public static Consumer<byte[]> stream(String name) {
        byte[] seed = name.getBytes(StandardCharsets.UTF_8);
        int[] counter = {0};
        return target -> {
            for (int i = 0; i < target.length; i++) {
                if (i % 32 == 0) counter[0]++;
                byte[] block = Hash.sha256(seed, new byte[] {(byte) (counter[0] >> 8), (byte) counter[0]});
                target[i] = block[i % 32];
            }
        };
    }
}
