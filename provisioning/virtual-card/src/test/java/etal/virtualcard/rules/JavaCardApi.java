package etal.virtualcard.rules;

import java.util.Set;

/**
 * What the applet may call of the Java Card API: nothing that came after 3.0.5 classic, and of that only what it uses. A
 * new entry belongs here after a look into the 3.0.5 documentation, not because a simulator has it.
 */
final class JavaCardApi {
    static final Set<String> METHODS = Set.of(
            "javacard/framework/APDU.getBuffer()[B",
            "javacard/framework/APDU.getIncomingLength()S",
            "javacard/framework/APDU.receiveBytes(S)S",
            "javacard/framework/APDU.setIncomingAndReceive()S",
            "javacard/framework/APDU.setOutgoingAndSend(SS)V",
            "javacard/framework/Applet.<init>()V",
            "javacard/framework/Applet.register()V",
            "javacard/framework/Applet.selectingApplet()Z",
            "javacard/framework/ISOException.throwIt(S)V",
            "javacard/framework/JCSystem.beginTransaction()V",
            "javacard/framework/JCSystem.commitTransaction()V",
            "javacard/framework/JCSystem.makeTransientByteArray(SB)[B",
            "javacard/framework/Util.arrayCompare([BS[BSS)B",
            "javacard/framework/Util.arrayCopy([BS[BSS)S",
            "javacard/framework/Util.arrayCopyNonAtomic([BS[BSS)S",
            "javacard/framework/Util.arrayFillNonAtomic([BSSB)S",
            "javacard/framework/Util.getShort([BS)S",
            "javacard/framework/Util.setShort([BSS)S",
            "javacard/security/AESKey.setKey([BS)V",
            "javacard/security/ECKey.setA([BSS)V",
            "javacard/security/ECKey.setB([BSS)V",
            "javacard/security/ECKey.setFieldFP([BSS)V",
            "javacard/security/ECKey.setG([BSS)V",
            "javacard/security/ECKey.setK(S)V",
            "javacard/security/ECKey.setR([BSS)V",
            "javacard/security/ECPublicKey.getW([BS)S",
            "javacard/security/ECPublicKey.setW([BSS)V",
            "javacard/security/KeyAgreement.generateSecret([BSS[BS)S",
            "javacard/security/KeyAgreement.getInstance(BZ)Ljavacard/security/KeyAgreement;",
            "javacard/security/KeyAgreement.init(Ljavacard/security/PrivateKey;)V",
            "javacard/security/KeyBuilder.buildKey(BSZ)Ljavacard/security/Key;",
            "javacard/security/KeyPair.<init>(Ljavacard/security/PublicKey;Ljavacard/security/PrivateKey;)V",
            "javacard/security/KeyPair.genKeyPair()V",
            "javacard/security/MessageDigest.doFinal([BSS[BS)S",
            "javacard/security/MessageDigest.getInstance(BZ)Ljavacard/security/MessageDigest;",
            "javacard/security/MessageDigest.reset()V",
            "javacard/security/RandomData.generateData([BSS)V",
            "javacard/security/RandomData.getInstance(B)Ljavacard/security/RandomData;",
            "javacard/security/Signature.getInstance(BZ)Ljavacard/security/Signature;",
            "javacard/security/Signature.init(Ljavacard/security/Key;B)V",
            "javacard/security/Signature.sign([BSS[BS)S",
            "javacard/security/Signature.verify([BSS[BSS)Z",
            "javacardx/crypto/Cipher.doFinal([BSS[BS)S",
            "javacardx/crypto/Cipher.getInstance(BZ)Ljavacardx/crypto/Cipher;",
            "javacardx/crypto/Cipher.init(Ljavacard/security/Key;B)V",
            "javacardx/crypto/Cipher.init(Ljavacard/security/Key;B[BSS)V",
            "java/lang/Object.<init>()V");

    /** Types that may be named in fields, parameters, casts and arrays. */
    static final Set<String> TYPES = Set.of(
            "java/lang/Object",
            "javacard/framework/APDU",
            "javacard/framework/Applet",
            "javacard/framework/ISOException",
            "javacard/security/AESKey",
            "javacard/security/CryptoException",
            "javacard/security/ECKey",
            "javacard/security/ECPrivateKey",
            "javacard/security/ECPublicKey",
            "javacard/security/Key",
            "javacard/security/KeyAgreement",
            "javacard/security/KeyPair",
            "javacard/security/MessageDigest",
            "javacard/security/PrivateKey",
            "javacard/security/PublicKey",
            "javacard/security/RandomData",
            "javacard/security/Signature",
            "javacardx/crypto/Cipher");

    /** What takes memory for good. */
    static final Set<String> ALLOCATE = Set.of(
            "javacard/framework/JCSystem.makeTransientByteArray(SB)[B",
            "javacard/security/KeyAgreement.getInstance(BZ)Ljavacard/security/KeyAgreement;",
            "javacard/security/KeyBuilder.buildKey(BSZ)Ljavacard/security/Key;",
            "javacard/security/MessageDigest.getInstance(BZ)Ljavacard/security/MessageDigest;",
            "javacard/security/RandomData.getInstance(B)Ljavacard/security/RandomData;",
            "javacard/security/Signature.getInstance(BZ)Ljavacard/security/Signature;",
            "javacardx/crypto/Cipher.getInstance(BZ)Ljavacardx/crypto/Cipher;");

    private JavaCardApi() {}
}
