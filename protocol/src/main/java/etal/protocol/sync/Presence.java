package etal.protocol.sync;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.LedgerId;

/**
 * A terminal says that it is there and how far its ledger has come; of what was sold it says nothing. For people to look
 * at: nothing is decided by it. Immutable.
 *
 * @param terminal the terminal, 32 bits
 * @param epoch its epoch, 32 bits
 * @param number the newest entry of its ledger, from 1
 * @param timeMillis the terminal's time, milliseconds since 1970
 */
public record Presence(long terminal, long epoch, long number, long timeMillis) {
    /** The ledger it speaks of. */
    public LedgerId ledger() {
        return new LedgerId(terminal, epoch);
    }

    /** Whether it says something newer: so one that comes a second time counts for nothing. */
    public boolean newerThan(Presence other) {
        return timeMillis > other.timeMillis || timeMillis == other.timeMillis && number > other.number;
    }

    byte[] encode() {
        return Cbor.encode(CBORObject.NewMap()
                .Add(1, terminal)
                .Add(2, epoch)
                .Add(3, number)
                .Add(4, timeMillis));
    }

    static Presence decode(byte[] payload) throws Malformed {
        CBORObject map = Cbor.decodeMap(payload);
        Cbor.onlyKeys(map, 1, 2, 3, 4);
        return new Presence(
                Cbor.uint(map, 1, 0, Topics.TERMINAL_MAX),
                Cbor.uint(map, 2, 0, Topics.TERMINAL_MAX),
                Cbor.uint(map, 3, 1, Cbor.UINT_LIMIT - 1),
                Cbor.uint(map, 4));
    }
}
