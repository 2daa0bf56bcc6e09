package etal.protocol.ledger;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.util.Arrays;

/** The payload of an entry, to bytes and back. */
final class EntryCodec {
    private static final int KIND_MAX = 17;

    private EntryCodec() {}

    static byte[] encode(Entry entry) {
        return Cbor.encode(CBORObject.NewMap()
                .Add(1, entry.terminal())
                .Add(2, entry.epoch())
                .Add(3, entry.number())
                .Add(4, entry.previous())
                .Add(5, entry.timeMillis())
                .Add(6, entry.trusted())
                .Add(7, entry.body().kind())
                .Add(8, BodyWriter.write(entry.body())));
    }

    static Entry decode(byte[] payload) throws Malformed {
        CBORObject map = Cbor.decodeMap(payload);
        Cbor.onlyKeys(map, 1, 2, 3, 4, 5, 6, 7, 8);
        Entry entry = new Entry(
                Cbor.uint(map, 1, 0, Parts.UINT32_MAX),
                Cbor.uint(map, 2, 0, Parts.UINT32_MAX),
                Cbor.uint(map, 3, 1, Cbor.UINT_LIMIT - 1),
                Cbor.bytes(map, 4, Hash.LENGTH),
                Cbor.uint(map, 5),
                Cbor.bool(map, 6),
                BodyReader.read(Cbor.uint(map, 7, 1, KIND_MAX), Cbor.value(map, 8)));
        boolean zero = Arrays.equals(entry.previous(), new byte[Hash.LENGTH]);
        if (zero != (entry.number() == 1)) throw new Malformed("only number 1 has no entry before it");
        return entry;
    }
}
