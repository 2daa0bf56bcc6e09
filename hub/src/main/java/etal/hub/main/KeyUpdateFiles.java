package etal.hub.main;

import etal.edge.config.ConfigFault;
import etal.edge.config.YamlConfig;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cbor.Malformed;
import etal.protocol.sync.KeyUpdates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * New keys for the fund's cards as hub.yaml names them: a file or a list of files, each one or more updates of
 * {@value KeyUpdate#LENGTH} bytes, the oldest first, signed by the root that is kept away from the hub. Stateless.
 */
final class KeyUpdateFiles {
    private static final int UPDATES_MAX = 254;

    private KeyUpdateFiles() {}

    /** Reads and verifies all of them. @throws ConfigFault with the line to show */
    static KeyUpdates read(YamlConfig config, String field, long fund, byte[] rootKey) throws ConfigFault {
        List<KeyUpdate> updates = new ArrayList<>();
        for (YamlConfig.Item item : config.oneOrMore(field)) {
            byte[] bytes = bytes(config, item);
            for (int at = 0; at < bytes.length; at += KeyUpdate.LENGTH) {
                updates.add(update(config, item, Arrays.copyOfRange(bytes, at, at + KeyUpdate.LENGTH), fund, rootKey));
            }
        }
        try {
            return new KeyUpdates(updates);
        } catch (IllegalArgumentException outOfOrder) {
            throw config.fault(field, String.valueOf(outOfOrder.getMessage()), "each generation from 2 on, in order");
        }
    }

    private static KeyUpdate update(YamlConfig config, YamlConfig.Item item, byte[] bytes, long fund, byte[] rootKey)
            throws ConfigFault {
        KeyUpdate update;
        try {
            update = KeyUpdate.decode(bytes);
        } catch (Malformed e) {
            throw config.fault(item, String.valueOf(e.getMessage()), "key updates");
        }
        if (update.fund() != fund || !update.verify(rootKey)) {
            throw config.fault(
                    item, "generation " + update.generation(), "updates for this fund that its root has signed");
        }
        return update;
    }

    private static byte[] bytes(YamlConfig config, YamlConfig.Item item) throws ConfigFault {
        Path path = config.path(item);
        try {
            if (Files.size(path) > (long) UPDATES_MAX * KeyUpdate.LENGTH || Files.size(path) % KeyUpdate.LENGTH != 0) {
                throw config.fault(item, Files.size(path) + " bytes", "updates of " + KeyUpdate.LENGTH + " bytes each");
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw config.fault(item, path + " cannot be read", "a file that can");
        }
    }
}
