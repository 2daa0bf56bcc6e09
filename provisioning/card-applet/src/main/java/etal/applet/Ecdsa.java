package etal.applet;

import javacard.security.CryptoException;
import javacard.security.PrivateKey;
import javacard.security.PublicKey;
import javacard.security.Signature;

/** ECDSA with SHA-256, raw signatures of 64 bytes outside, DER inside the chip. */
final class Ecdsa {
    private final byte[] ram;
    private final PrivateKey own;
    private final Signature signer;

    /** One for each place that a trusted key may have: setting one up costs as much as a quarter of verifying. */
    private final Signature[] verifiers;

    Ecdsa(byte[] ram, PrivateKey own) {
        this.ram = ram;
        this.own = own;
        signer = Signature.getInstance(Signature.ALG_ECDSA_SHA_256, false);
        verifiers = new Signature[TrustedKeys.PLACES];
        for (byte i = 0; i < TrustedKeys.PLACES; i++) {
            verifiers[i] = Signature.getInstance(Signature.ALG_ECDSA_SHA_256, false);
        }
    }

    /** Takes a key that has just been written to that place. */
    void trust(byte place, PublicKey key) {
        verifiers[place].init(key, Signature.MODE_VERIFY);
    }

    /** Takes the card's own key, which has just been made, for all that is signed from now on. */
    void useOwnKey() {
        signer.init(own, Signature.MODE_SIGN);
    }

    /** Signs the record at {@link Ram#RECORD}; the signature goes to {@link Ram#SIGNATURE}. Writes RAM only. */
    void signRecord() {
        try {
            signer.sign(ram, Ram.RECORD, Records.LENGTH, ram, Ram.DER);
        } catch (CryptoException forgotten) {
            // A signer keeps its key over a loss of power, says the API; a chip that does not is told again.
            useOwnKey();
            signer.sign(ram, Ram.RECORD, Records.LENGTH, ram, Ram.DER);
        }
        Der.toRaw(ram, Ram.DER, ram, Ram.SIGNATURE);
    }

    /** True when the 64 bytes behind the message are its signature under the key at that place. */
    boolean verify(byte place, PublicKey key, byte[] message, short at, short length) {
        short derLength = Der.fromRaw(message, (short) (at + length), ram, Ram.DER);
        try {
            return verifiers[place].verify(message, at, length, ram, Ram.DER, derLength);
        } catch (CryptoException first) {
            try {
                // As with the signer: a chip that does not keep its key over a loss of power is told again.
                trust(place, key);
                return verifiers[place].verify(message, at, length, ram, Ram.DER, derLength);
            } catch (CryptoException refused) {
                // Chips differ: some throw where r or s is out of range instead of answering false.
                return false;
            }
        }
    }
}
