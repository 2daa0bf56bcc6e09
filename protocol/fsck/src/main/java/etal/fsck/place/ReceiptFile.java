package etal.fsck.place;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The codes on printed receipts: as data of a QR code in ESC/POS ({@code GS ( k}, function 80, store), or plain in a text.
 */
final class ReceiptFile {
    private static final int BYTES_MAX = 1 << 20;
    private static final Pattern PLAIN = Pattern.compile("ETAL1:[^\\s]*");

    private ReceiptFile() {}

    /** The texts in a receipt that claim to be codes. */
    static List<String> codes(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES_MAX);
        }
        return file.toString().endsWith(".escpos") ? stored(bytes) : plain(bytes);
    }

    private static List<String> plain(byte[] bytes) {
        List<String> codes = new ArrayList<>();
        Matcher code = PLAIN.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        while (code.find()) {
            codes.add(code.group());
        }
        return codes;
    }

    private static List<String> stored(byte[] bytes) {
        List<String> codes = new ArrayList<>();
        for (int at = 0; at + 8 <= bytes.length; at++) {
            boolean store = bytes[at] == 0x1d
                    && bytes[at + 1] == '('
                    && bytes[at + 2] == 'k'
                    && bytes[at + 5] == 49
                    && bytes[at + 6] == 80;
            if (!store) {
                continue;
            }
            int length = ((bytes[at + 3] & 0xff) | ((bytes[at + 4] & 0xff) << 8)) - 3;
            if (length < 0 || length > bytes.length - at - 8) {
                continue;
            }
            String data = new String(bytes, at + 8, length, StandardCharsets.ISO_8859_1);
            if (data.startsWith(ReceiptCode.START)) {
                codes.add(data);
            }
        }
        return codes;
    }
}
