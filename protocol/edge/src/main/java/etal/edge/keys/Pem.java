package etal.edge.keys;

import etal.port.StorageFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** PEM, the text form of DER (RFC 7468), strict in its markers and lenient in the text between blocks. */
public final class Pem {
    /** The label of an X.509 certificate. */
    public static final String CERTIFICATE = "CERTIFICATE";

    /** The label of a PKCS#8 private key. */
    public static final String PRIVATE_KEY = "PRIVATE KEY";

    private static final int FILE_BYTES_MAX = 1 << 20;
    private static final int LINE_CHARACTERS = 64;
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /** One block: its label and its DER. */
    public record Block(String label, byte[] der) {}

    private Pem() {}

    /** The text of one block, with its last line end. */
    public static String encode(String label, byte[] der) {
        String body = Base64.getMimeEncoder(LINE_CHARACTERS, new byte[] {'\n'}).encodeToString(der);
        return BEGIN + label + DASHES + "\n" + body + "\n" + END + label + DASHES + "\n";
    }

    /**
     * All blocks of a text, in order.
     *
     * @param source what to call the text in a message, such as its file name
     * @throws StorageFailed when a block is not closed or not Base64
     */
    public static List<Block> blocks(String text, String source) throws StorageFailed {
        List<Block> blocks = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        String label = "";
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String trimmed = line.strip();
            if (trimmed.startsWith(BEGIN) && trimmed.endsWith(DASHES) && label.isEmpty()) {
                label = trimmed.substring(BEGIN.length(), trimmed.length() - DASHES.length());
                body.setLength(0);
            } else if (trimmed.equals(END + label + DASHES) && !label.isEmpty()) {
                blocks.add(new Block(label, decoded(body.toString(), source, number)));
                label = "";
            } else if (!label.isEmpty()) {
                body.append(trimmed);
            }
        }
        if (!label.isEmpty()) {
            throw new StorageFailed(source + ": the block " + label + " has no end");
        }
        return List.copyOf(blocks);
    }

    /**
     * The certificates of a file, in order; other blocks are passed over.
     *
     * @throws StorageFailed when the file cannot be read or holds no certificate
     */
    public static List<byte[]> certificates(Path file) throws StorageFailed {
        List<byte[]> found = new ArrayList<>();
        for (Block block : blocks(read(file), file.toString())) {
            if (block.label().equals(CERTIFICATE)) {
                found.add(block.der());
            }
        }
        if (found.isEmpty()) {
            throw new StorageFailed(file + ": no certificate in it");
        }
        return List.copyOf(found);
    }

    /** The text of certificates, in the order given. */
    public static String certificates(List<byte[]> ders) {
        StringBuilder text = new StringBuilder();
        ders.forEach(der -> text.append(encode(CERTIFICATE, der)));
        return text.toString();
    }

    static String read(Path file) throws StorageFailed {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new StorageFailed(file + ": too long for PEM");
            }
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new StorageFailed(file + ": cannot be read: " + e, e);
        }
    }

    private static byte[] decoded(String base64, String source, int line) throws StorageFailed {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new StorageFailed(source + ":" + line + ": the block that ends here is not Base64", e);
        }
    }
}
