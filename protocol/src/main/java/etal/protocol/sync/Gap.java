package etal.protocol.sync;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;

/**
 * The hub asks a terminal to send again. Not signed: it can cost no more than a batch sent twice. Immutable.
 *
 * @param terminal the terminal, 32 bits
 * @param epoch its epoch, 32 bits
 * @param firstNumber the first entry wanted, from 1
 */
public record Gap(long terminal, long epoch, long firstNumber) {
    /** The bytes to send. */
    public byte[] encode() {
        return Cbor.encode(CBORObject.NewMap().Add(1, terminal).Add(2, epoch).Add(3, firstNumber));
    }

    /** Reads a gap. */
    public static Gap decode(byte[] bytes) throws Malformed {
        CBORObject map = Cbor.decodeMap(bytes);
        Cbor.onlyKeys(map, 1, 2, 3);
        return new Gap(
                Cbor.uint(map, 1, 0, Topics.TERMINAL_MAX),
                Cbor.uint(map, 2, 0, Topics.TERMINAL_MAX),
                Cbor.uint(map, 3, 1, Cbor.UINT_LIMIT - 1));
    }
}
