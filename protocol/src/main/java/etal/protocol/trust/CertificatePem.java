package etal.protocol.trust;

import etal.protocol.cbor.Malformed;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Certificates as text (RFC 7468). Text between them is for people and passed over. Stateless. */
public final class CertificatePem {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";
    private static final int LINE_CHARS = 64;
    private static final Pattern LINES = Pattern.compile("\\R");

    private CertificatePem() {}

    /** The certificates in the text, DER, in order; at most {@code countMax}. Their contents are not checked. */
    public static List<byte[]> read(String pem, int countMax) throws Malformed {
        List<byte[]> ders = new ArrayList<>();
        @Nullable StringBuilder open = null;
        for (String line : LINES.split(pem)) {
            String text = line.strip();
            if (text.equals(BEGIN)) {
                if (open != null) throw new Malformed("a certificate begins within another");
                open = new StringBuilder();
            } else if (text.equals(END)) {
                if (open == null) throw new Malformed("a certificate ends that has not begun");
                ders.add(der(open.toString()));
                open = null;
            } else if (open != null) {
                open.append(text);
            } else if (text.startsWith("-----BEGIN")) {
                throw new Malformed("something that is no certificate");
            }
            if (ders.size() > countMax) throw new Malformed("more than " + countMax + " certificates");
        }
        if (open != null) throw new Malformed("a certificate that does not end");
        return ders;
    }

    /** One certificate as text. */
    public static String write(byte[] der) {
        String base64 = Base64.getMimeEncoder(LINE_CHARS, new byte[] {'\n'}).encodeToString(der);
        return BEGIN + "\n" + base64 + "\n" + END + "\n";
    }

    private static byte[] der(String base64) throws Malformed {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new Malformed("not base 64", e);
        }
    }
}
