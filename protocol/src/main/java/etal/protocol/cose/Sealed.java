package etal.protocol.cose;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import java.util.Arrays;
import java.util.function.Consumer;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A COSE_Encrypt (RFC 9052, 5.1) for one recipient: ECDH-ES + HKDF-256, direct (RFC 9053, 6.3), on P-256 with a fresh
 * key each time, A128GCM. Every header is protected, so that no byte can change unseen. Stateless; safe for use by any
 * thread.
 */
public final class Sealed {
    /** The longest plaintext: records and receipts' details are far shorter. */
    public static final int PLAINTEXT_MAX = 64 * 1024;

    private static final int TAG = 96;
    private static final int ALG = 1;
    private static final int KID = 4;
    private static final int IV = 5;
    private static final int EPHEMERAL_KEY = -1;
    private static final int A128GCM = 1;
    private static final int ECDH_ES_HKDF_256 = -25;
    private static final int KEY_TYPE_EC2 = 2;
    private static final int CURVE_P256 = 1;
    private static final int KEY_BYTES = 16;
    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;

    private Sealed() {}

    /**
     * Seals {@code plaintext} to a public key.
     *
     * @param recipientPublic the recipient's key, 65 or 33 bytes; one not on the curve is a bug of the caller
     * @param recipientKid names that key to the recipient: SHA-256 of its certificate
     * @param fillRandom a source of unpredictable bytes
     */
    public static byte[] seal(
            byte[] plaintext, byte[] recipientPublic, byte[] recipientKid, Consumer<byte[]> fillRandom) {
        if (plaintext.length > PLAINTEXT_MAX) throw new IllegalArgumentException("too long to seal");
        byte[] ephemeral = P256.newScalar(fillRandom);
        byte[] iv = new byte[IV_BYTES];
        fillRandom.accept(iv);
        byte[] contentHeader = Cbor.encode(CBORObject.NewMap().Add(ALG, A128GCM).Add(IV, iv));
        byte[] recipientHeader = Cbor.encode(CBORObject.NewMap()
                .Add(ALG, ECDH_ES_HKDF_256)
                .Add(KID, recipientKid)
                .Add(EPHEMERAL_KEY, coseKey(P256.publicKey(ephemeral))));
        byte[] ciphertext;
        try {
            byte[] key = contentKey(ephemeral, recipientPublic, recipientHeader);
            ciphertext = gcm(true, key, iv, contentHeader, plaintext);
        } catch (Malformed e) {
            throw new IllegalArgumentException("the recipient's key is not on the curve", e);
        }
        CBORObject recipient = layer(recipientHeader, new byte[0]);
        CBORObject message = layer(contentHeader, ciphertext);
        message.Add(CBORObject.NewArray().Add(recipient));
        return Cbor.encode(message.WithTag(TAG));
    }

    /** Opens what {@link #seal} made for the public key of this scalar; anything else is {@link Malformed}. */
    public static byte[] open(byte[] sealed, byte[] recipientScalar) throws Malformed {
        CBORObject message = message(sealed);
        byte[] contentHeader = Cbor.asBytes(message.get(0), "the protected header");
        CBORObject content = Cbor.decodeMap(contentHeader);
        Cbor.onlyKeys(content, ALG, IV);
        Cbor.uint(content, ALG, A128GCM, A128GCM);
        byte[] recipientHeader = recipientHeader(message);
        byte[] peer = point(Cbor.value(recipient(recipientHeader), EPHEMERAL_KEY));
        byte[] key = contentKey(recipientScalar, peer, recipientHeader);
        byte[] ciphertext = Cbor.asBytes(message.get(2), "the ciphertext");
        return gcm(false, key, Cbor.bytes(content, IV, IV_BYTES), contentHeader, ciphertext);
    }

    /** The kid of the recipient a sealed message names; 32 bytes. Not authenticated before {@link #open}. */
    public static byte[] recipientKid(byte[] sealed) throws Malformed {
        return Cbor.bytes(recipient(recipientHeader(message(sealed))), KID, Hash.LENGTH);
    }

    private static CBORObject message(byte[] sealed) throws Malformed {
        CBORObject tagged = Cbor.decode(sealed);
        if (!tagged.HasOneTag(TAG)) throw new Malformed("not a COSE_Encrypt");
        CBORObject message = Cbor.asArray(tagged.UntagOne(), 4, "the COSE_Encrypt");
        Cbor.onlyKeys(message.get(1));
        return message;
    }

    private static byte[] recipientHeader(CBORObject message) throws Malformed {
        CBORObject only = Cbor.asArray(message.get(3), 1, "the recipients").get(0);
        CBORObject recipient = Cbor.asArray(only, 3, "the recipient");
        Cbor.onlyKeys(recipient.get(1));
        Cbor.asBytes(recipient.get(2), 0, "the recipient's ciphertext");
        return Cbor.asBytes(recipient.get(0), "the recipient's header");
    }

    private static CBORObject recipient(byte[] header) throws Malformed {
        CBORObject map = Cbor.decodeMap(header);
        Cbor.onlyKeys(map, ALG, KID, EPHEMERAL_KEY);
        Cbor.asInt(Cbor.value(map, ALG), ECDH_ES_HKDF_256, ECDH_ES_HKDF_256, "the key agreement");
        Cbor.bytes(map, KID, Hash.LENGTH);
        return map;
    }

    private static CBORObject layer(byte[] header, byte[] ciphertext) {
        return CBORObject.NewArray().Add(header).Add(CBORObject.NewMap()).Add(ciphertext);
    }

    private static CBORObject coseKey(byte[] public65) {
        return CBORObject.NewMap()
                .Add(1, KEY_TYPE_EC2)
                .Add(-1, CURVE_P256)
                .Add(-2, Arrays.copyOfRange(public65, 1, 33))
                .Add(-3, Arrays.copyOfRange(public65, 33, 65));
    }

    private static byte[] point(CBORObject key) throws Malformed {
        Cbor.onlyKeys(key, 1, -1, -2, -3);
        Cbor.uint(key, 1, KEY_TYPE_EC2, KEY_TYPE_EC2);
        Cbor.uint(key, -1, CURVE_P256, CURVE_P256);
        byte[] point = new byte[P256.PUBLIC_LENGTH];
        point[0] = 4;
        System.arraycopy(Cbor.bytes(key, -2, P256.SCALAR_LENGTH), 0, point, 1, P256.SCALAR_LENGTH);
        System.arraycopy(Cbor.bytes(key, -3, P256.SCALAR_LENGTH), 0, point, 33, P256.SCALAR_LENGTH);
        return point;
    }

    /** HKDF over the shared x-coordinate with the COSE_KDF_Context of RFC 9053, 5.2; nothing but keys named. */
    static byte[] contentKey(byte[] scalar, byte[] peer, byte[] recipientHeader) throws Malformed {
        CBORObject nobody =
                CBORObject.NewArray().Add(CBORObject.Null).Add(CBORObject.Null).Add(CBORObject.Null);
        CBORObject keyInfo = CBORObject.NewArray().Add(KEY_BYTES * 8).Add(recipientHeader);
        // Written by the library itself: nulls belong to the context, and are not in our subset of what is sent.
        byte[] context = CBORObject.NewArray()
                .Add(A128GCM)
                .Add(nobody)
                .Add(nobody)
                .Add(keyInfo)
                .EncodeToBytes();
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(P256.agree(scalar, peer), null, context));
        byte[] key = new byte[KEY_BYTES];
        hkdf.generateBytes(key, 0, key.length);
        return key;
    }

    static byte[] gcm(boolean encrypt, byte[] key, byte[] iv, byte[] contentHeader, byte[] input) throws Malformed {
        byte[] encStructure = Cbor.encode(
                CBORObject.NewArray().Add("Encrypt").Add(contentHeader).Add(new byte[0]));
        GCMModeCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(encrypt, new AEADParameters(new KeyParameter(key), TAG_BITS, iv, encStructure));
        try {
            byte[] output = new byte[cipher.getOutputSize(input.length)];
            int length = cipher.processBytes(input, 0, input.length, output, 0);
            length += cipher.doFinal(output, length);
            if (length != output.length) throw new IllegalStateException("GCM told another length");
            return output;
        } catch (InvalidCipherTextException e) {
            throw new Malformed("sealed to another key, or changed", e);
        }
    }
}
