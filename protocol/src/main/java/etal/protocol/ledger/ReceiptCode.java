package etal.protocol.ledger;

import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Crockford;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a receipt shows of its entry: the QR holds {@link #text}, the paper {@link #fingerprint}. With it a member proves
 * that an entry was there. Array not copied.
 *
 * @param ledger the ledger
 * @param number the entry's number, from 1
 * @param hash SHA-256 of the entry, 32 bytes
 */
public record ReceiptCode(LedgerId ledger, long number, byte[] hash) {
    private static final Pattern TEXT = Pattern.compile("ETAL1:([^:]{5,24}):([1-9][0-9]{0,15}):([0-9a-f]{64})");
    private static final int FINGERPRINT_BYTES = 10;

    public ReceiptCode {
        if (hash.length != Hash.LENGTH) throw new IllegalArgumentException("a hash has 32 bytes");
    }

    /** Such as {@code ETAL1:t3-e1:17:} and 64 hexadecimal digits. */
    public String text() {
        return "ETAL1:" + ledger + ":" + number + ":" + Hash.hex(hash);
    }

    /** Reads {@link #text}. */
    public static ReceiptCode parse(String text) throws Malformed {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) throw new Malformed("not a receipt's code");
        long number = Long.parseLong(matcher.group(2));
        if (number >= Cbor.UINT_LIMIT) throw new Malformed("a number beyond 2^53");
        return new ReceiptCode(LedgerId.parse(matcher.group(1)), number, Hash.unhex(matcher.group(3)));
    }

    /** The first 80 bits of the hash in Crockford's base 32, such as {@code 0123-4567-89AB-CDEF}. */
    public String fingerprint() {
        String digits = Crockford.encode(Arrays.copyOf(hash, FINGERPRINT_BYTES));
        return digits.substring(0, 4) + "-" + digits.substring(4, 8) + "-" + digits.substring(8, 12) + "-"
                + digits.substring(12);
    }
}
