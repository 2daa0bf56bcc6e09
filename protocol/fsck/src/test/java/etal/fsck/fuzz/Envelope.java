package etal.fsck.fuzz;

import etal.protocol.cose.CoseSign1;
import etal.protocol.cose.P256;

/** A signed message around a payload, rightly made; by whom does not matter. */
final class Envelope {
    private static final byte[] SIGNATURE = P256.sign(scalar(), new byte[1]);

    private Envelope() {}

    private static byte[] scalar() {
        byte[] scalar = new byte[32];
        scalar[31] = 7; // a test's key
        return scalar;
    }

    static byte[] of(byte[] payload) {
        return CoseSign1.sign("etal/entry", new byte[32], payload, message -> SIGNATURE);
    }
}
