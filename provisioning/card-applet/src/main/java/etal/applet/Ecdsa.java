package etal.applet;

import javacard.security.CryptoException;
import javacard.security.PrivateKey;
import javacard.security.PublicKey;
import javacard.security.Signature;

/** ECDSA with SHA-256, raw signatures of 64 bytes outside, DER inside the chip. */
final class Ecdsa {
    private final byte[] ram;
    private final Signature engine;

    Ecdsa(byte[] ram) {
        this.ram = ram;
        engine = Signature.getInstance(Signature.ALG_ECDSA_SHA_256, false);
    }

    /** Signs the record at {@link Ram#RECORD}; the signature goes to {@link Ram#SIGNATURE}. Writes RAM only. */
    void signRecord(PrivateKey key) {
        engine.init(key, Signature.MODE_SIGN);
        engine.sign(ram, Ram.RECORD, Records.LENGTH, ram, Ram.DER);
        Der.toRaw(ram, Ram.DER, ram, Ram.SIGNATURE);
    }

    /** True when the 64 bytes behind the message are its signature under the key. */
    boolean verify(PublicKey key, byte[] message, short at, short length) {
        short derLength = Der.fromRaw(message, (short) (at + length), ram, Ram.DER);
        try {
            engine.init(key, Signature.MODE_VERIFY);
            return engine.verify(message, at, length, ram, Ram.DER, derLength);
        } catch (CryptoException refused) {
            // Chips differ: some throw where r or s is out of range instead of answering false.
            return false;
        }
    }
}
