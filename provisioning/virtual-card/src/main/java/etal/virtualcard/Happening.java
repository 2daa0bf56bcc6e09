package etal.virtualcard;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * One thing that happened to a card in a pocket, and its line in the pocket's journal: a CRC-32 in hexadecimal, then the
 * kind, the card's name and what belongs to it, separated by one space each.
 */
sealed interface Happening {
    /** Longest line, without its end: a card's name, a number and a short command in hexadecimal fit well within. */
    int LINE_MAX = 1_024;

    /** The card's name. */
    String card();

    /** The card was made from this seed. */
    record Made(String card, byte[] seed) implements Happening {}

    /** A command was executed and answered. */
    record Executed(String card, byte[] apdu) implements Happening {}

    /** A command lost power at its n-th write; if it has fewer, it was executed and answered. */
    record Cut(String card, int write, byte[] apdu) implements Happening {}

    /** A command was executed and its answer lost. */
    record Unanswered(String card, byte[] apdu) implements Happening {}

    /** The card left the field. */
    record Off(String card) implements Happening {}

    /** Letters, digits, dot, underscore and hyphen, 1 to 64 of them. */
    static boolean isName(String text) {
        return text.matches("[A-Za-z0-9._-]{1,64}");
    }

    /** The journal's line, with its end. */
    default String line() {
        HexFormat hex = HexFormat.of();
        String text = switch (this) {
            case Made(String card, byte[] seed) -> "made " + card + " " + hex.formatHex(seed);
            case Executed(String card, byte[] apdu) -> "executed " + card + " " + hex.formatHex(apdu);
            case Cut(String card, int write, byte[] apdu) -> "cut " + card + " " + write + " " + hex.formatHex(apdu);
            case Unanswered(String card, byte[] apdu) -> "unanswered " + card + " " + hex.formatHex(apdu);
            case Off(String card) -> "off " + card;
        };
        return checksum(text) + " " + text + "\n";
    }

    /** Reads a line without its end; empty when it is not one that {@link #line} writes. */
    static Optional<Happening> parse(String line) {
        int split = line.indexOf(' ');
        if (line.length() > LINE_MAX || split != 8) {
            return Optional.empty();
        }
        String text = line.substring(split + 1);
        String[] words = text.split(" ", -1);
        if (!checksum(text).equals(line.substring(0, split)) || words.length < 2 || !isName(words[1])) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                    switch (words[0] + words.length) {
                        case "made3" -> new Made(words[1], bytes(words[2]));
                        case "executed3" -> new Executed(words[1], bytes(words[2]));
                        case "cut4" -> new Cut(words[1], Integer.parseUnsignedInt(words[2]), bytes(words[3]));
                        case "unanswered3" -> new Unanswered(words[1], bytes(words[2]));
                        case "off2" -> new Off(words[1]);
                        default -> null;
                    });
        } catch (IllegalArgumentException notANumber) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
