package etal.protocol.draw;

import etal.protocol.cose.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/**
 * The order of a draw: candidates by the SHA-256 (FIPS 180-4) of {@code "etal/draw"}, the seed, a zero byte and the
 * candidate's id, all as UTF-8. Anyone with {@code sha256sum} finds the same; docs/tirage.md says how. Nobody can
 * choose a place: the list is published before the seed is known, and the seed's source is announced before both.
 */
public final class DrawOrder {
    /** The longest seed. */
    public static final int SEED_CHARS_MAX = 500;

    private static final String PURPOSE = "etal/draw";

    private DrawOrder() {}

    /** A candidate's id, and the 64 hexadecimal digits by which it is sorted. */
    public record Drawn(String id, String hash) {}

    /**
     * All ids in drawn order, whatever order they come in.
     *
     * @throws IllegalArgumentException if an id or the seed holds a zero byte: it would end there for a shell
     */
    public static List<Drawn> of(String seed, List<String> ids) {
        if (seed.indexOf(0) >= 0 || ids.stream().anyMatch(id -> id.indexOf(0) >= 0)) {
            throw new IllegalArgumentException("a zero byte in seed or id");
        }
        return ids.stream()
                .map(id -> new Drawn(id, hash(seed, id)))
                .sorted(Comparator.comparing(Drawn::hash).thenComparing(Drawn::id))
                .toList();
    }

    private static String hash(String seed, String id) {
        return Hash.hex(Hash.sha256(bytes(PURPOSE), bytes(seed), new byte[] {0}, bytes(id)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
