package etal.protocol.cose;

import etal.protocol.cbor.Malformed;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 and hexadecimal. Stateless; safe for use by any thread. */
public final class Hash {
    /** The length of a hash in bytes. */
    public static final int LENGTH = 32;

    private Hash() {}

    /** SHA-256 (FIPS 180-4) of the parts one after another. */
    public static byte[] sha256(byte[]... parts) {
        try {
            // The JDK's digest, because it is seven times faster than Bouncy Castle's.
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) digest.update(part);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** SHA-256 of the first {@code length} bytes, which are not copied. */
    public static byte[] sha256(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Lower-case hexadecimal. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** The bytes of hexadecimal text, upper or lower case, two digits a byte, nothing between. */
    public static byte[] unhex(String text) throws Malformed {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw new Malformed("not hexadecimal", e);
        }
    }
}
