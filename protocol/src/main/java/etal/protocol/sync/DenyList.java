package etal.protocol.sync;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * The cards that pay at no stall any more: lost, stolen, withdrawn. It holds card ids alone, no reasons and no households,
 * because every terminal reads it. Immutable; arrays are not copied: nobody may change them.
 *
 * @param cards their ids, 8 bytes each, in ascending order of their bytes, each once, at most {@link #CARDS_MAX}
 */
public record DenyList(List<byte[]> cards) {
    /** The longest list: 90 kB. Cards whose certificate has ended need no place on it. */
    public static final int CARDS_MAX = 10_000;

    private static final int CARD_ID_LENGTH = 8;

    /** @throws IllegalArgumentException if it is too long, out of order, or names a card twice */
    public DenyList {
        cards = List.copyOf(cards);
        if (cards.size() > CARDS_MAX) {
            throw new IllegalArgumentException("more than " + CARDS_MAX + " cards");
        }
        for (int i = 0; i < cards.size(); i++) {
            if (cards.get(i).length != CARD_ID_LENGTH) {
                throw new IllegalArgumentException("a card id of " + cards.get(i).length + " bytes");
            }
            if (i > 0 && Arrays.compareUnsigned(cards.get(i - 1), cards.get(i)) >= 0) {
                throw new IllegalArgumentException("not ascending: " + Hash.hex(cards.get(i)));
            }
        }
    }

    /** A list of these cards, each once, in whatever order. */
    public static DenyList of(Collection<byte[]> cards) {
        List<byte[]> sorted = new ArrayList<>(cards);
        sorted.sort(Arrays::compareUnsigned);
        return new DenyList(sorted);
    }

    /** A list of no cards. */
    public static DenyList empty() {
        return new DenyList(List.of());
    }

    /** Whether that card is on it. */
    public boolean holds(byte[] cardId) {
        return Collections.binarySearch(cards, cardId, Arrays::compareUnsigned) >= 0;
    }

    /** Deterministic CBOR: {@code deny} of etal.cddl. */
    public byte[] encode() {
        CBORObject list = CBORObject.NewArray();
        for (byte[] card : cards) {
            list.Add(card);
        }
        return Cbor.encode(list);
    }

    /** Reads {@code deny} of etal.cddl. */
    public static DenyList decode(byte[] bytes) throws Malformed {
        CBORObject list = Cbor.decode(bytes);
        if (list.isTagged() || list.getType() != CBORType.Array) {
            throw new Malformed("deny list: not an array");
        }
        List<byte[]> cards = new ArrayList<>();
        for (CBORObject card : list.getValues()) {
            cards.add(Cbor.asBytes(card, "a card id"));
        }
        try {
            return new DenyList(cards);
        } catch (IllegalArgumentException outOfBounds) {
            // The record holds the bounds; what comes from outside and breaks them is malformed.
            throw new Malformed("deny list: " + outOfBounds.getMessage());
        }
    }
}
