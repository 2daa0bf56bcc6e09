package etal.protocol.enrol;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Crockford;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a new terminal is handed so that it can enrol once: who it is to be, where, and a secret for that one
 * connection. The text is a secret until it is used. Array not copied: nobody may change it.
 *
 * @param fund the fund, 32 bits
 * @param terminal the terminal, 32 bits
 * @param epoch its epoch, 32 bits
 * @param registrarUri such as {@code coaps://127.0.0.1:5684}
 * @param secret the pre-shared key of DTLS, {@link #SECRET_LENGTH} bytes
 */
public record ClaimTicket(long fund, long terminal, long epoch, String registrarUri, byte[] secret) {
    /** The length of the secret. */
    public static final int SECRET_LENGTH = 16;

    private static final String PREFIX = "ETALT1:";
    private static final int URI_CHARS_MAX = 200;
    private static final int TEXT_CHARS_MAX = 600;
    private static final int CHECKSUM_LENGTH = 4;
    private static final long UINT32_MAX = 0xffff_ffffL;

    public ClaimTicket {
        if (secret.length != SECRET_LENGTH) throw new IllegalArgumentException("a secret has 16 bytes");
    }

    /** One line of digits and capitals, fit for a QR code's alphanumeric mode, with a checksum at its end. */
    public String text() {
        byte[] body = Cbor.encode(CBORObject.NewArray()
                .Add(fund)
                .Add(terminal)
                .Add(epoch)
                .Add(registrarUri)
                .Add(secret));
        byte[] whole = Arrays.copyOf(body, body.length + CHECKSUM_LENGTH);
        System.arraycopy(checksum(body), 0, whole, body.length, CHECKSUM_LENGTH);
        return PREFIX + Crockford.encode(whole);
    }

    /** Reads {@link #text}; small letters, and blanks around it, do not matter. */
    public static ClaimTicket parse(String text) throws Malformed {
        String line = text.strip();
        if (line.length() > TEXT_CHARS_MAX) throw new Malformed("too long for a claim ticket");
        if (!line.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) throw new Malformed("not a claim ticket");
        byte[] whole = Crockford.decode(line.substring(PREFIX.length()));
        if (whole.length < CHECKSUM_LENGTH) throw new Malformed("a claim ticket cut short");
        byte[] body = Arrays.copyOf(whole, whole.length - CHECKSUM_LENGTH);
        byte[] checksum = Arrays.copyOfRange(whole, body.length, whole.length);
        if (!Arrays.equals(checksum, checksum(body))) throw new Malformed("a claim ticket with a mistyped character");
        CBORObject five = Cbor.asArray(Cbor.decode(body), 5, "the claim ticket");
        String uri = Cbor.asLine(five.get(3), URI_CHARS_MAX, "the registrar");
        if (!uri.startsWith("coaps://")) throw new Malformed("a registrar that is not at coaps://");
        return new ClaimTicket(
                Cbor.asInt(five.get(0), 0, UINT32_MAX, "the fund"),
                Cbor.asInt(five.get(1), 0, UINT32_MAX, "the terminal"),
                Cbor.asInt(five.get(2), 0, UINT32_MAX, "the epoch"),
                uri,
                Cbor.asBytes(five.get(4), SECRET_LENGTH, "the secret"));
    }

    /** The identity under which the terminal opens DTLS with the secret; says who, and nothing secret. */
    public String pskIdentity() {
        return "etal/" + fund + "/t" + terminal + "-e" + epoch;
    }

    /** Without the secret, so that a log may hold it. */
    @Override
    public String toString() {
        return "ClaimTicket[" + pskIdentity() + " at " + registrarUri + "]";
    }

    private static byte[] checksum(byte[] body) {
        return Arrays.copyOf(Hash.sha256(PREFIX.getBytes(StandardCharsets.US_ASCII), body), CHECKSUM_LENGTH);
    }
}
