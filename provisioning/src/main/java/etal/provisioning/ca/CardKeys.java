package etal.provisioning.ca;

import etal.edge.keys.KeyFile;
import etal.port.StorageFailed;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cose.P256;
import etal.protocol.trust.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The keys that cards trust: the terminal CA's, the hub's first documents key and its spare, the root's; then what key
 * updates have put in their places. Immutable.
 *
 * @param keys each uncompressed, 65 bytes
 * @param generation of the keys, 1 before the first update
 */
public record CardKeys(Map<KeySlot, byte[]> keys, int generation) {
    /** Copies the map. */
    public CardKeys {
        keys = Collections.unmodifiableMap(new EnumMap<>(keys));
    }

    static CardKeys of(Issued issued) throws StorageFailed {
        byte[] root = issued.certifier(Certifier.ROOT);
        byte[] terminals = issued.certifier(Certifier.TERMINAL);
        byte[] spare = issued.spareIssuingKey();
        List<byte[]> documents = issued.services(Role.HUB_DOCUMENTS);
        if (root == null || terminals == null || spare == null || documents.isEmpty()) {
            throw new StorageFailed("The hub's documents key is to be certified before the first card.");
        }
        Map<KeySlot, byte[]> keys = new EnumMap<>(KeySlot.class);
        keys.put(KeySlot.TERMINAL_CA, Authority.publicKey(terminals));
        keys.put(KeySlot.ISSUING_0, Authority.publicKey(documents.getFirst()));
        // Made with the root and kept offline with it, so that cards in the field can outlive the first.
        keys.put(KeySlot.ISSUING_1, spare.clone());
        keys.put(KeySlot.ROOT, Authority.publicKey(root));
        issued.keyUpdates().forEach(update -> keys.put(update.slot(), update.publicKey65()));
        return new CardKeys(keys, generation(issued));
    }

    private static int generation(Issued issued) {
        return KeyUpdate.FIRST_GENERATION + issued.keyUpdates().size();
    }

    /** The update that gave the slot this key last, or a new one. */
    static KeyUpdate update(Issued issued, long fund, KeySlot slot, byte[] publicKey, Path rootKey)
            throws StorageFailed {
        var newest = issued.keyUpdates().reversed().stream()
                .filter(update -> update.slot() == slot)
                .findFirst();
        if (newest.isPresent() && Arrays.equals(newest.get().publicKey65(), publicKey)) {
            return newest.get();
        }
        int generation = generation(issued) + 1;
        if (generation > KeyUpdate.LAST_GENERATION) {
            throw new StorageFailed("Cards count no further than " + KeyUpdate.LAST_GENERATION + " key generations.");
        }
        if (!Files.exists(rootKey)) {
            throw new StorageFailed("The root's key signs key updates and is not at " + rootKey + ": bring it there.");
        }
        byte[] root = KeyFile.read(rootKey);
        return KeyUpdate.sign(fund, slot, generation, publicKey, message -> P256.sign(root, message));
    }
}
