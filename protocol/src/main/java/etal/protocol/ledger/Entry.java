package etal.protocol.ledger;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.util.Arrays;

/**
 * One entry of a terminal's ledger, before it is signed. Array not copied: nobody may change it.
 *
 * @param terminal the terminal, 32 bits
 * @param epoch its epoch, 32 bits: a new one with each new key
 * @param number from 1 without gaps
 * @param previous SHA-256 of the whole signed entry before; 32 zeros for number 1
 * @param timeMillis milliseconds since 1970
 * @param trusted whether that time is trusted
 * @param body what happened
 */
public record Entry(
        long terminal, long epoch, long number, byte[] previous, long timeMillis, boolean trusted, Body body) {
    private static final int KIND_MAX = 17;

    /** The ledger this entry belongs to. */
    public LedgerId ledger() {
        return new LedgerId(terminal, epoch);
    }

    /** The payload of the signed form. */
    byte[] encode() {
        return Cbor.encode(CBORObject.NewMap()
                .Add(1, terminal)
                .Add(2, epoch)
                .Add(3, number)
                .Add(4, previous)
                .Add(5, timeMillis)
                .Add(6, trusted)
                .Add(7, body.kind())
                .Add(8, BodyWriter.write(body)));
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
