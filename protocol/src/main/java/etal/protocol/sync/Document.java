package etal.protocol.sync;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Something the fund publishes to its terminals: retained, versioned. At a time holds, of each kind, the highest version
 * whose {@code holdsFromMillis} is not after it. Array not copied: nobody may change it.
 *
 * @param kind {@link #SCHEME}, {@link #CATALOGUE}, {@link #PERIOD}, {@link #DENY}, {@link #KEYS},
 *     {@link #WANTED}, or one of {@link #orders}
 * @param id which of its kind
 * @param version only ever grows
 * @param holdsFromMillis from when it holds, milliseconds since 1970
 * @param content scheme: YAML in UTF-8; catalogue: CBOR; period: a token of 77 bytes; the others: CBOR
 */
public record Document(String kind, String id, long version, long holdsFromMillis, byte[] content) {
    public static final String SCHEME = "scheme";
    public static final String CATALOGUE = "catalogue";
    public static final String PERIOD = "period";
    public static final String DENY = "deny";
    public static final String KEYS = "keys";
    public static final String WANTED = "wanted";

    /** The id of all that is about the fund's cards: the denied, orders to them, their keys, and wanted records. */
    public static final String CARDS = "cards";

    private static final String ORDERS = "orders-";

    /** Versions of a kind that stand published at once: the one that holds, and those that will. */
    public static final int PUBLISHED_MAX = 8;

    private static final int ID_CHARS_MAX = 64;

    /** The kind of the document that holds the orders to a shard's cards; shards are 0 to 15. */
    public static String orders(int shard) {
        return ORDERS + Objects.checkIndex(shard, CardOrders.SHARDS);
    }

    /** Of which shard a document of that kind holds the orders; nothing for every other kind. */
    public static OptionalInt ordersShard(String kind) {
        return IntStream.range(0, CardOrders.SHARDS)
                .filter(shard -> kind.equals(orders(shard)))
                .findFirst();
    }

    /** Whether the newest of a kind is obeyed from its arrival on, whatever it holds from: all that is about cards. */
    public static boolean obeyedAtOnce(String kind) {
        return kind.equals(DENY)
                || kind.equals(KEYS)
                || kind.equals(WANTED)
                || ordersShard(kind).isPresent();
    }

    byte[] encode() {
        return Cbor.encode(CBORObject.NewMap()
                .Add(1, kind)
                .Add(2, id)
                .Add(3, version)
                .Add(4, holdsFromMillis)
                .Add(5, content));
    }

    static Document decode(byte[] payload) throws Malformed {
        CBORObject map = Cbor.decodeMap(payload);
        Cbor.onlyKeys(map, 1, 2, 3, 4, 5);
        String kind = Cbor.text(map, 1, ID_CHARS_MAX);
        switch (kind) {
            case SCHEME, CATALOGUE, PERIOD, DENY, KEYS, WANTED -> {}
            default -> {
                if (ordersShard(kind).isEmpty()) {
                    throw new Malformed("a document of an unknown kind");
                }
            }
        }
        return new Document(
                kind, Cbor.text(map, 2, ID_CHARS_MAX), Cbor.uint(map, 3), Cbor.uint(map, 4), Cbor.bytes(map, 5));
    }
}
