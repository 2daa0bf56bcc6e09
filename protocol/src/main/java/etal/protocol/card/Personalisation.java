package etal.protocol.card;

import etal.protocol.card.order.KeyUpdate;

/**
 * Builds the commands that make a blank card a fund's card, in the order of this class; "Personalisation" in
 * docs/card.md. In the field they run inside the chip's own secure channel. Stateless.
 */
public final class Personalisation {
    private static final int CLASS = 0x80;

    private Personalisation() {}

    /** The keys a card keeps of its fund. */
    public enum KeySlot {
        /** Signs terminal certificates. */
        TERMINAL_CA,
        /** Signs period tokens, vouchers and block orders, first key. */
        ISSUING_0,
        /** Signs period tokens, vouchers and block orders, second key. */
        ISSUING_1,
        /** Signs key updates for the three others. */
        ROOT
    }

    /** GENERATE KEY: the card makes its own; {@link Answers#publicKey} reads what it says. */
    public static byte[] generateKey() {
        return Commands.apdu(CLASS, 0xE0, 0, new byte[0]);
    }

    /** PUT CERTIFICATE. */
    public static byte[] putCertificate(CardCertificate certificate) {
        return Commands.apdu(CLASS, 0xE2, 0, certificate.encode());
    }

    /** PUT KEY. @param publicKey65 P-256, uncompressed */
    public static byte[] putKey(KeySlot slot, byte[] publicKey65) {
        return Commands.apdu(CLASS, 0xE4, slot.ordinal(), Layout.copy(publicKey65, 65, "public key"));
    }

    /** PUT ENTITLEMENT. */
    public static byte[] putEntitlement(Entitlement entitlement) {
        return Commands.apdu(CLASS, 0xE6, 0, entitlement.encode());
    }

    /**
     * LOCK: from now on only payments; {@link Answers#lock} reads the first record's signature.
     *
     * @param timeSeconds Unix seconds
     * @param keyGeneration of the keys put, 1 to 255
     * @throws IllegalArgumentException for another generation
     */
    public static byte[] lock(long timeSeconds, int keyGeneration) {
        if (keyGeneration < KeyUpdate.FIRST_GENERATION || keyGeneration > KeyUpdate.LAST_GENERATION) {
            throw new IllegalArgumentException("no key generation: " + keyGeneration);
        }
        return Commands.apdu(
                CLASS,
                0xE8,
                0,
                Layout.writing(5).uint32(timeSeconds).uint8(keyGeneration).written());
    }
}
