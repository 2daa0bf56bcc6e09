package etal.protocol.sync;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import java.util.ArrayList;
import java.util.List;

/**
 * All key updates that a fund ever made for its cards: a card that lay in a drawer for years takes them one after the other.
 * Immutable.
 *
 * @param updates from generation 2 on, one for each, all of one fund; none as long as the cards' first keys hold
 */
public record KeyUpdates(List<KeyUpdate> updates) {
    /** @throws IllegalArgumentException if a generation is missing or out of its place, or the fund is not the same */
    public KeyUpdates {
        updates = List.copyOf(updates);
        for (int i = 0; i < updates.size(); i++) {
            KeyUpdate update = updates.get(i);
            if (update.generation() != KeyUpdate.FIRST_GENERATION + 1 + i) {
                throw new IllegalArgumentException("generation " + update.generation() + " at place " + i);
            }
            if (update.fund() != updates.getFirst().fund()) {
                throw new IllegalArgumentException("funds " + updates.getFirst().fund() + " and " + update.fund());
            }
        }
    }

    /** No updates. */
    public static KeyUpdates none() {
        return new KeyUpdates(List.of());
    }

    /** What a card of that key generation has still to take, in order. */
    public List<KeyUpdate> above(int generation) {
        return updates.stream()
                .filter(update -> update.generation() > generation)
                .toList();
    }

    /** Deterministic CBOR: {@code keys} of etal.cddl. */
    public byte[] encode() {
        CBORObject list = CBORObject.NewArray();
        for (KeyUpdate update : updates) {
            list.Add(update.encode());
        }
        return Cbor.encode(list);
    }

    /** Reads {@code keys} of etal.cddl; says nothing yet about the root's signatures. */
    public static KeyUpdates decode(byte[] bytes) throws Malformed {
        CBORObject list = Cbor.decode(bytes);
        if (list.isTagged() || list.getType() != CBORType.Array) {
            throw new Malformed("key updates: not an array");
        }
        List<KeyUpdate> updates = new ArrayList<>();
        for (CBORObject update : list.getValues()) {
            updates.add(KeyUpdate.decode(Cbor.asBytes(update, "a key update")));
        }
        try {
            return new KeyUpdates(updates);
        } catch (IllegalArgumentException outOfBounds) {
            // The record holds the bounds; what comes from outside and breaks them is malformed.
            throw new Malformed("key updates: " + outOfBounds.getMessage());
        }
    }
}
