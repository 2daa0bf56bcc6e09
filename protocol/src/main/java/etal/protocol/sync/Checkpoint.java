package etal.protocol.sync;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.LedgerId;
import java.util.function.UnaryOperator;

/**
 * The hub's word that it holds a ledger up to an entry. Array not copied: nobody may change it.
 *
 * @param terminal the terminal, 32 bits
 * @param epoch its epoch, 32 bits
 * @param number the newest entry the hub holds, from 1
 * @param head SHA-256 of that entry, 32 bytes
 * @param hubTimeMillis the hub's time, milliseconds since 1970
 * @param generation the hub's generation; a hub restored from a backup raises it
 */
public record Checkpoint(long terminal, long epoch, long number, byte[] head, long hubTimeMillis, long generation) {
    /** The ledger it speaks of. */
    public LedgerId ledger() {
        return new LedgerId(terminal, epoch);
    }

    /** The bytes of the signed form. */
    public static byte[] sign(Checkpoint checkpoint, byte[] kid, UnaryOperator<byte[]> signer) {
        return SignedCheckpoint.sign(checkpoint, kid, signer).bytes();
    }

    byte[] encode() {
        return Cbor.encode(CBORObject.NewMap()
                .Add(1, terminal)
                .Add(2, epoch)
                .Add(3, number)
                .Add(4, head)
                .Add(5, hubTimeMillis)
                .Add(6, generation));
    }

    static Checkpoint decode(byte[] payload) throws Malformed {
        CBORObject map = Cbor.decodeMap(payload);
        Cbor.onlyKeys(map, 1, 2, 3, 4, 5, 6);
        return new Checkpoint(
                Cbor.uint(map, 1, 0, Topics.TERMINAL_MAX),
                Cbor.uint(map, 2, 0, Topics.TERMINAL_MAX),
                Cbor.uint(map, 3, 1, Cbor.UINT_LIMIT - 1),
                Cbor.bytes(map, 4, Hash.LENGTH),
                Cbor.uint(map, 5),
                Cbor.uint(map, 6));
    }
}
