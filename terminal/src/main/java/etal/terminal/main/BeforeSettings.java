package etal.terminal.main;

import etal.edge.config.ConfigFault;
import etal.edge.config.YamlConfig;
import etal.edge.keys.Pem;
import etal.edge.sqlite.SalvagedMedium;
import etal.port.Medium;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.Succession;
import etal.terminal.succession.Predecessor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code before} of {@code terminal.yaml}: what a technician gives a rebuilt terminal of the epoch before.
 *
 * @param epoch of that ledger
 * @param certificates its chain, as {@code etal provision swap} writes it
 * @param medium the directory of its second medium
 * @param told how far the hub has it, from the hub's page
 */
record BeforeSettings(long epoch, Optional<Path> certificates, Optional<Path> medium, Optional<Succession> told) {
    private static final long UINT32_MAX = 0xffff_ffffL;

    static BeforeSettings of(YamlConfig yaml, long ownEpoch) throws ConfigFault {
        yaml.onlyFields("epoch", "certificates", "medium", "number", "head");
        long epoch = yaml.number("epoch", 1, UINT32_MAX);
        if (epoch >= ownEpoch) {
            throw yaml.fault("epoch", String.valueOf(epoch), "an epoch before " + ownEpoch);
        }
        return new BeforeSettings(
                epoch,
                yaml.has("certificates") ? Optional.of(yaml.path("certificates")) : Optional.empty(),
                yaml.has("medium") ? Optional.of(yaml.path("medium")) : Optional.empty(),
                yaml.has("number") || yaml.has("head") ? Optional.of(told(yaml, epoch)) : Optional.empty());
    }

    private static Succession told(YamlConfig yaml, long epoch) throws ConfigFault {
        long number = yaml.number("number", 1, UINT32_MAX);
        String head = yaml.text("head");
        try {
            byte[] hash = Hash.unhex(head);
            if (hash.length == Hash.LENGTH) {
                return new Succession(epoch, number, hash);
            }
            throw yaml.fault("head", head, "64 hexadecimal digits");
        } catch (Malformed notHexadecimal) {
            throw yaml.fault("head", head, "64 hexadecimal digits");
        }
    }

    /** Its certificates and its medium, which is only ever read. */
    Predecessor predecessor(long terminal) throws StorageFailed {
        LedgerId ledger = new LedgerId(terminal, epoch);
        List<byte[]> chain = certificates.isPresent() ? Pem.certificates(certificates.get()) : List.of();
        Medium stick = medium.map(directory -> new SalvagedMedium(directory.resolve(ledger + ".entries")))
                .orElse(null);
        return new Predecessor(ledger, chain, told.orElse(null), stick);
    }
}
