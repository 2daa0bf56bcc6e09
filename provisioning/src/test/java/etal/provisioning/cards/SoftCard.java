package etal.provisioning.cards;

import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.Entropy;
import etal.protocol.card.CardRecord;
import etal.protocol.card.StatusWord;
import etal.protocol.cose.P256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Personalisation as a card sees it, in a few lines, so that it can leave the field at any command, before or after it has
 * done what it was told.
 */
final class SoftCard implements CardChannel {
    private final Entropy entropy;
    private byte @Nullable [] scalar;
    private byte[] certificate = new byte[114];
    private int keys;
    private boolean locked;
    private int commands;
    private int goneAt = Integer.MAX_VALUE;
    private boolean goneAfterDoing;

    SoftCard(Entropy entropy) {
        this.entropy = entropy;
    }

    /** It leaves at the command so many from now, having executed that command or not. */
    void leaveAt(int command, boolean afterDoing) {
        goneAt = commands + command;
        goneAfterDoing = afterDoing;
    }

    /** It lies in the field again. */
    void present() {
        goneAt = Integer.MAX_VALUE;
    }

    boolean locked() {
        return locked;
    }

    byte[] certificate() {
        return certificate.clone();
    }

    byte[] publicKey() {
        return P256.publicKey(key());
    }

    @Override
    public byte[] transmit(byte[] apdu) throws CardGone {
        commands++;
        if (commands == goneAt && !goneAfterDoing) {
            throw new CardGone("The card left before the command.");
        }
        byte[] answer = execute(apdu[1] & 0xff, Arrays.copyOfRange(apdu, 5, Math.max(5, apdu.length - 1)));
        if (commands >= goneAt) {
            throw new CardGone("The card left before its answer.");
        }
        return answer;
    }

    private byte[] execute(int instruction, byte[] data) {
        if (instruction != 0xA4 && locked) {
            return status(StatusWord.NOT_NOW);
        }
        return switch (instruction) {
            case 0xA4 ->
                done(ByteBuffer.allocate(125)
                        .put((byte) 1)
                        .put((byte) (locked ? 0 : 2))
                        .put((byte) 1)
                        .put(certificate)
                        .put(new byte[8])
                        .array());
            case 0xE0 -> {
                scalar = P256.newScalar(entropy::fill);
                certificate = new byte[114];
                yield done(publicKey());
            }
            case 0xE2 -> {
                certificate = data;
                yield done(new byte[0]);
            }
            case 0xE4 -> {
                keys++;
                yield done(new byte[0]);
            }
            case 0xE6 -> done(new byte[0]);
            case 0xE8 -> lock(ByteBuffer.wrap(data).getInt());
            default -> status(StatusWord.UNKNOWN_INSTRUCTION);
        };
    }

    private byte[] lock(int time) {
        if (keys < 4 || certificate[0] == 0) {
            return status(StatusWord.NOT_NOW);
        }
        locked = true;
        return done(
                P256.sign(key(), CardRecord.first(Integer.toUnsignedLong(time)).encode()));
    }

    private byte[] key() {
        if (scalar == null) {
            throw new IllegalStateException("The card has no key yet.");
        }
        return scalar;
    }

    private static byte[] done(byte[] body) {
        byte[] answer = Arrays.copyOf(body, body.length + 2);
        answer[body.length] = (byte) 0x90;
        return answer;
    }

    private static byte[] status(int word) {
        return new byte[] {(byte) (word >> 8), (byte) word};
    }
}
