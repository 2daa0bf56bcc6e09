package etal.protocol.sync;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;

/**
 * Something the fund publishes to its terminals: retained, versioned. At a time holds, of each kind, the highest version
 * whose {@code holdsFromMillis} is not after it. Array not copied: nobody may change it.
 *
 * @param kind {@link #SCHEME}, {@link #CATALOGUE}, {@link #PERIOD} or {@link #DENY}
 * @param id which of its kind
 * @param version only ever grows
 * @param holdsFromMillis from when it holds, milliseconds since 1970
 * @param content scheme: YAML in UTF-8; catalogue: CBOR; period: a token of 77 bytes; deny: CBOR
 */
public record Document(String kind, String id, long version, long holdsFromMillis, byte[] content) {
    public static final String SCHEME = "scheme";
    public static final String CATALOGUE = "catalogue";
    public static final String PERIOD = "period";
    public static final String DENY = "deny";

    /** Versions of a kind that stand published at once: the one that holds, and those that will. */
    public static final int PUBLISHED_MAX = 8;

    private static final int ID_CHARS_MAX = 64;

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
            case SCHEME, CATALOGUE, PERIOD, DENY -> {}
            default -> throw new Malformed("a document of an unknown kind");
        }
        return new Document(
                kind, Cbor.text(map, 2, ID_CHARS_MAX), Cbor.uint(map, 3), Cbor.uint(map, 4), Cbor.bytes(map, 5));
    }
}
