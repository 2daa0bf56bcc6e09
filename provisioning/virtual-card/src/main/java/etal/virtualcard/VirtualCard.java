package etal.virtualcard;

import etal.virtualcard.loader.CardWorld;
import etal.virtualcard.loader.Chip;
import etal.virtualcard.loader.Tally;
import java.util.Arrays;
import java.util.List;

/**
 * One food card: the real applet, with keys that follow from its seed and power that can be cut at any write. A pure
 * function of its seed and of what has happened to it since, in order; so a card is kept by keeping those. The seed is the
 * card's whole secret. Not thread-safe.
 */
public final class VirtualCard {
    /** The applet's name, to SELECT it by. */
    private static final byte[] AID = {(byte) 0xF0, 0x45, 0x54, 0x41, 0x4C, 0x01, 0x01};

    private static final int SIMULATOR_BYTES_MAX = 260;

    private static final byte[] WRONG_LENGTH = {0x67, 0x00};

    /** Simulator and woven applet are loaded once; each card has its own runtime, memory and randomness in it. */
    private static final CardWorld FOOD_CARDS = new CardWorld("etal.applet.FoodCard");

    private final Chip chip;
    private boolean tearBeforeAnswer;

    private VirtualCard(Chip chip) {
        this.chip = chip;
    }

    /**
     * A card as it leaves the factory: the applet is installed, nothing is personalised.
     *
     * @param seed any bytes; different cards need different ones, at least 16 bytes of entropy where it matters
     */
    public static VirtualCard create(byte[] seed) {
        return new VirtualCard(FOOD_CARDS.chip(AID, seed));
    }

    /**
     * The control of whoever tears cards: the same applet on a chip that has no transactions. What finds no fault with it
     * finds none anywhere.
     */
    public static VirtualCard withoutTransactions(byte[] seed) {
        return new VirtualCard(new CardWorld("etal.applet.FoodCard", false).chip(AID, seed));
    }

    /** A card with another applet, for tests of the harness itself. */
    static VirtualCard withApplet(CardWorld world, byte[] aid, byte[] seed) {
        return new VirtualCard(world.chip(aid, seed));
    }

    /**
     * Executes one command; powers the card on if it is off. Any bytes may come: what is no short command (ISO/IEC 7816-3,
     * cases 1 to 4) is answered {@code 67 00} without reaching the applet.
     *
     * @return the answer with its status word
     * @throws Torn when power was lost as asked for; the card is off
     */
    public byte[] transmit(byte[] apdu) throws Torn {
        boolean loseAnswer = tearBeforeAnswer;
        tearBeforeAnswer = false;
        byte[] answer = isShortCommand(apdu) ? chip.transmit(taken(apdu)) : WRONG_LENGTH.clone();
        if (answer == null) {
            powerOff();
            throw new Torn("power lost at a write");
        }
        if (loseAnswer) {
            powerOff();
            throw new Torn("power lost before the answer");
        }
        return answer;
    }

    /**
     * The simulator has room for 260 bytes and breaks down at the longest command there is, which has one more; that one is
     * its Le, and no command of a card whose data is that long asks for an answer.
     */
    private static byte[] taken(byte[] apdu) {
        return Arrays.copyOf(apdu, Math.min(apdu.length, SIMULATOR_BYTES_MAX));
    }

    /** Whether these bytes are a short command at all, whatever it says: at most 261 bytes. */
    static boolean isShortCommand(byte[] apdu) {
        if (apdu.length <= 5) {
            return apdu.length >= 4;
        }
        int dataLength = apdu[4] & 0xFF;
        return dataLength > 0 && (apdu.length == 5 + dataLength || apdu.length == 6 + dataLength);
    }

    /** Takes the card out of the field: transient memory is cleared, nothing is selected. */
    public void powerOff() {
        tearBeforeAnswer = false;
        chip.cutAtWrite(0);
        chip.powerOff();
    }

    /**
     * The next command loses power at its n-th persistent write, counted from 1, which then does not happen; a commit
     * counts as a write. A command with fewer writes is executed and answered.
     */
    public void tearAtWrite(int n) {
        chip.cutAtWrite(n);
    }

    /** The next command is executed whole, and its answer is lost. */
    public void tearBeforeAnswer() {
        tearBeforeAnswer = true;
    }

    /**
     * What a thief with the best of laboratories would copy: the card's persistent bytes. The keys of the fund are not in it,
     * so it stands for the same card only while its fund has given it no new ones. Takes the card out of the field.
     */
    public List<byte[]> copyOfMemory() {
        powerOff();
        return chip.memoryCopy();
    }

    /** Puts a copy of this card's memory, or of one with the same seed, in place of its own: an attack that no card allows. */
    public void restoreMemory(List<byte[]> copy) {
        powerOff();
        chip.restoreMemory(copy);
    }

    /** Persistent writes of the latest command, commits included. */
    public int writesOfLastCommand() {
        return chip.writes();
    }

    /** What the latest command had the chip do, counted. */
    public Tally tallyOfLastCommand() {
        return chip.tally();
    }

    /** What the applet allocated during the latest command; none, on a sound applet. */
    int allocationsOfLastCommand() {
        return chip.allocations();
    }

    /**
     * What a card that is off holds, to be put back into the very card it was taken from.
     *
     * @param fingerprint SHA-256 of it: cards of one seed with the same one cannot be told apart, but for their randomness
     */
    public record Kept(Object memory, byte[] fingerprint) {}

    /** Takes the card out of the field and copies what it holds. */
    public Kept keep() {
        powerOff();
        return new Kept(chip.keep(), chip.fingerprint());
    }

    /**
     * The card is off and holds again what it held then. What is random on it from now on follows from that alone, so that
     * equal cards go on alike.
     */
    public void putBack(Kept kept) {
        powerOff();
        chip.putBack(kept.memory(), kept.fingerprint());
    }
}
