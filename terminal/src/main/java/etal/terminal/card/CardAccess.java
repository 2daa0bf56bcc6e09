package etal.terminal.card;

import etal.protocol.card.TerminalCertificate;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a terminal needs to meet cards. Immutable.
 *
 * @param fund whose cards are taken
 * @param cardCaKeys public keys of the card CA by key number
 * @param introduction the terminal's certificate for cards
 * @param agreementScalar the private key agreement key that belongs to it, 32 bytes; never printed
 */
public record CardAccess(
        long fund, Map<Integer, byte[]> cardCaKeys, TerminalCertificate introduction, byte[] agreementScalar) {
    /** A copy of the map, in the order of the key numbers. */
    public CardAccess {
        cardCaKeys = new TreeMap<>(cardCaKeys);
    }

    @Override
    public String toString() {
        return "card access of terminal " + introduction.terminal();
    }
}
