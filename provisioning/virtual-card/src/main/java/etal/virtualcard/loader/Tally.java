package etal.virtualcard.loader;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What one or several commands had the chip do, counted while they ran: the ground for saying how long a real chip takes.
 * Immutable.
 *
 * @param instructions executed instructions of the applet's class files, without {@code i2s}, which the converter of a real
 *     card leaves out: its shorts need no cutting
 * @param calls what the applet asked of the Java Card API, in the order of {@link Work}; each kind at most once
 */
public record Tally(long instructions, List<Call> calls) {
    /** Nothing done. */
    public static final Tally NONE = new Tally(0, List.of());

    /** Copies the list. */
    public Tally {
        calls = List.copyOf(calls);
    }

    /** A kind of work that chips are measured by. */
    public enum Work {
        /** {@code Signature.init} of ECDSA. */
        SIGNATURE_INIT,
        /** {@code Signature.sign} of ECDSA; bytes: the message. */
        SIGN,
        /** {@code Signature.verify} of ECDSA; bytes: the message. */
        VERIFY,
        /** {@code Signature.init} of AES-CMAC. */
        MAC_INIT,
        /** {@code Signature.sign} of AES-CMAC; bytes: the message. */
        MAC,
        /** {@code KeyAgreement.init}. */
        AGREEMENT_INIT,
        /** {@code KeyAgreement.generateSecret}; bytes: the peer's point. */
        AGREE,
        /** {@code AESKey.setKey}. */
        AES_KEY,
        /** {@code Cipher.init}. */
        AES_INIT,
        /** {@code Cipher.update} and {@code doFinal}; bytes: what goes in. */
        AES,
        /** {@code MessageDigest.update} and {@code doFinal}, {@code Signature.update}; bytes: what goes in. */
        DIGEST,
        /** {@code RandomData.generateData}; bytes: what comes out. */
        RANDOM,
        /** A call of {@code javacard.framework.Util}; bytes: what it looks at or moves. */
        UTIL,
        /** A persistent write outside a transaction. */
        WRITE,
        /** A persistent write within a transaction. */
        TRANSACTION_WRITE,
        /** {@code JCSystem.commitTransaction}. */
        COMMIT,
        /** A change of a persistent key object. */
        KEY_WRITE
    }

    /**
     * All calls of one kind.
     *
     * @param times how often
     * @param bytes of all of them together
     */
    public record Call(Work work, int times, int bytes) {}

    /** How often it was done, and with how many bytes; zeros where it was not. */
    public Call of(Work work) {
        return calls.stream().filter(call -> call.work() == work).findFirst().orElse(new Call(work, 0, 0));
    }

    /** Both together. */
    public Tally plus(Tally other) {
        Map<Work, Call> sum = new EnumMap<>(Work.class);
        List<Call> all = new ArrayList<>(calls);
        all.addAll(other.calls);
        for (Call call : all) {
            sum.merge(
                    call.work(),
                    call,
                    (one, two) -> new Call(one.work(), one.times() + two.times(), one.bytes() + two.bytes()));
        }
        return new Tally(instructions + other.instructions, List.copyOf(sum.values()));
    }
}
