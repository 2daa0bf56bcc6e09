package etal.fleet.world.crash.effect;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * All that stays when the power of everything goes, and what people remember of it. Two of the same {@link #key} cannot be
 * told apart by anything that follows. Immutable.
 *
 * @param now the full minute in which everything is switched on again
 * @param retained what the broker keeps, by topic
 * @param facts what people have done and seen, one sentence each
 */
public record Durable(
        Instant now,
        List<OfTill> tills,
        Store hub,
        SortedMap<String, byte[]> retained,
        List<MemoCard.Node> cards,
        SortedSet<String> facts) {
    /** A database: its bytes, and SHA-256 of all rows of its tables. */
    public record Store(byte[] image, byte[] digest) {}

    /** A till: its database, its second medium, its paper. */
    public record OfTill(Store store, List<byte[]> medium, List<String> paper) {}

    /** The same, but for that card. */
    public Durable with(int card, MemoCard.Node node) {
        List<MemoCard.Node> others = new ArrayList<>(cards);
        others.set(card - 1, node);
        return new Durable(now, tills, hub, retained, List.copyOf(others), facts);
    }

    /** SHA-256 over all of it, hexadecimal. */
    public String key() {
        MessageDigest sha = sha256();
        text(sha, now.toString());
        for (OfTill till : tills) {
            bytes(sha, till.store().digest());
            text(sha, "medium " + till.medium().size());
            till.medium().forEach(entry -> bytes(sha, entry));
            text(sha, till.paper().toString());
        }
        bytes(sha, hub.digest());
        retained.forEach((topic, message) -> {
            text(sha, topic);
            bytes(sha, message);
        });
        cards.forEach(card -> bytes(sha, card.fingerprint()));
        text(sha, facts.toString());
        return HexFormat.of().formatHex(sha.digest());
    }

    private static void text(MessageDigest sha, String text) {
        bytes(sha, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(MessageDigest sha, byte[] bytes) {
        sha.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        sha.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
