package etal.fsck.place;

import etal.fsck.bytes.Digest;
import etal.fsck.ledger.LedgerName;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a receipt says of the ledger: {@code ETAL1:t3-e1:17:} and the hash of entry 17 in 64 hexadecimal digits.
 *
 * @param source where it was found, for people
 */
public record ReceiptCode(LedgerName ledger, long number, Digest hash, String source) {
    static final String START = "ETAL1:";
    private static final Pattern FORM =
            Pattern.compile("ETAL1:(t[0-9]{1,18}-e[0-9]{1,18}):([1-9][0-9]{0,17}):([0-9a-f]{64})");

    /** The code that {@code text} is, if it is one. */
    public static Optional<ReceiptCode> parse(String text, String source) {
        Matcher code = FORM.matcher(text);
        if (!code.matches()) {
            return Optional.empty();
        }
        Digest hash = Digest.read(HexFormat.of().parseHex(code.group(3)));
        return LedgerName.parse(code.group(1))
                .map(ledger -> new ReceiptCode(ledger, Long.parseLong(code.group(2)), hash, source));
    }
}
