package etal.hub.trace;

import etal.hub.trace.Piece.As;
import etal.protocol.cbor.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a signed sale entry apart, byte by byte (RFC 8949), so that a reader can follow it beside etal.cddl. A reading of
 * its own: it explains bytes that the program has read already, and fails on any others.
 */
final class CborPieces {
    private static final int DEPTH_MAX = 12;
    private static final int SMALL_MAX = 23;
    private static final int FOLLOWING_MAX = 27;

    /** What lies within a field: the name of its map, array, or fixed layout. */
    private static final Map<String, String> WITHIN = Map.of(
            "cose.0", "header",
            "cose.2", "entry",
            "entry.8", "sale",
            "sale.3", "scheme",
            "sale.4", "lines",
            "sale.6", "proof",
            "sale.8", "price",
            "line.5", "labels",
            "proof.1", "certificate",
            "proof.2", "record");

    private static final Map<String, As> MEANT = Map.of(
            "entry.5", As.MILLIS,
            "line.2", As.CENTS,
            "line.3", As.PERMILLE,
            "line.4", As.PERCENT,
            "price.1", As.CENTS,
            "price.2", As.CENTS);

    /** What each item of an array is, where they are all the same. */
    private static final Map<String, String> EACH = Map.of("lines", "line", "labels", "label");

    private final byte[] bytes;
    private final int end;
    private final List<Piece> pieces;
    private int at;

    private CborPieces(byte[] bytes, int from, int end, List<Piece> pieces) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
        this.pieces = pieces;
    }

    /** The pieces of a signed entry, in the order of its bytes; together they are all of them. */
    static List<Piece> of(byte[] entry) throws Malformed {
        List<Piece> pieces = new ArrayList<>();
        CborPieces walk = new CborPieces(entry, 0, entry.length, pieces);
        walk.item("cose", 0, 0);
        walk.done();
        return pieces;
    }

    private record Head(int major, long value) {}

    private void done() throws Malformed {
        if (at != end) {
            throw new Malformed("bytes are left over");
        }
    }

    /** One item; {@code start} is where its piece begins: at the key, in a map. */
    private void item(String name, int depth, int start) throws Malformed {
        if (depth > DEPTH_MAX) {
            throw new Malformed("nested too deep");
        }
        Head head = head();
        switch (head.major()) {
            case 0 -> piece(name, depth, start, head.value());
            case 1 -> piece(name, depth, start, -1 - head.value());
            case 2 -> byteString(name, depth, start, length(head));
            case 3 -> {
                int length = length(head);
                at += length;
                piece(name, depth, start, new String(bytes, at - length, length, StandardCharsets.UTF_8));
            }
            case 4 -> array(name, depth, start, length(head));
            case 5 -> map(name, depth, start, length(head));
            // The tag and what it tags begin together: "a COSE_Sign1 of four parts".
            case 6 -> item(name, depth, start);
            default -> simple(name, depth, start, head.value());
        }
    }

    private void byteString(String name, int depth, int start, int length) throws Malformed {
        String within = WITHIN.get(name);
        if (within == null) {
            at += length;
            piece(name, depth, start, null);
            return;
        }
        add(name, depth, start, length, As.BYTES);
        int from = at;
        at += length;
        byte[] part = Arrays.copyOfRange(bytes, from, at);
        switch (within) {
            case "certificate" -> pieces.addAll(Layouts.certificate(part, from, depth + 1));
            case "record" -> pieces.addAll(Layouts.record(part, from, depth + 1));
            default -> {
                CborPieces inner = new CborPieces(bytes, from, at, pieces);
                inner.item(within, depth + 1, from);
                inner.done();
            }
        }
    }

    private void array(String name, int depth, int start, int count) throws Malformed {
        add(name, depth, start, count, As.ITEMS);
        String within = WITHIN.getOrDefault(name, name);
        for (int i = 0; i < count; i++) {
            item(EACH.getOrDefault(within, prefix(within) + i), depth + 1, at);
        }
    }

    private void map(String name, int depth, int start, int count) throws Malformed {
        add(name, depth, start, count, As.ITEMS);
        String within = WITHIN.getOrDefault(name, name);
        for (int i = 0; i < count; i++) {
            int key = at;
            Head head = head();
            if (head.major() != 0) {
                throw new Malformed("a key that is no number");
            }
            item(prefix(within) + head.value(), depth + 1, key);
        }
    }

    private static String prefix(String name) {
        return name + ".";
    }

    private void simple(String name, int depth, int start, long value) throws Malformed {
        if (value != 20 && value != 21) {
            throw new Malformed("neither true nor false");
        }
        piece(name, depth, start, value == 21);
    }

    private Head head() throws Malformed {
        int first = next();
        int low = first & 0x1f;
        if (low > FOLLOWING_MAX) {
            throw new Malformed("a length of no kind we use");
        }
        long value = low;
        if (low > SMALL_MAX) {
            value = 0;
            for (int i = 0; i < 1 << (low - SMALL_MAX - 1); i++) {
                value = value << 8 | next();
            }
        }
        return new Head(first >> 5, value);
    }

    private int next() throws Malformed {
        if (at >= end) {
            throw new Malformed("bytes are missing");
        }
        return Byte.toUnsignedInt(bytes[at++]);
    }

    private int length(Head head) throws Malformed {
        if (head.value() < 0 || head.value() > end - at) {
            throw new Malformed("longer than what is there");
        }
        return (int) head.value();
    }

    private void piece(String name, int depth, int start, @Nullable Object says) {
        pieces.add(new Piece(
                start, depth, Arrays.copyOfRange(bytes, start, at), name, says, MEANT.getOrDefault(name, As.PLAIN)));
    }

    private void add(String name, int depth, int start, long within, As as) {
        pieces.add(new Piece(start, depth, Arrays.copyOfRange(bytes, start, at), name, within, as));
    }
}
