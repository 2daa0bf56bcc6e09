package etal.fleet.world.forger;

import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;

/** One thing that somebody tries. Stateless. */
record Attempt(String name, Deed deed) {
    /** Tries it in a world of its own, and looks whether anything came of it. */
    @FunctionalInterface
    interface Deed {
        /** @throws Forged when it worked */
        void on(ForgersFund fund) throws StorageFailed, Malformed;
    }
}
