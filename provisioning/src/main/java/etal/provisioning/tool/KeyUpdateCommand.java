package etal.provisioning.tool;

import etal.edge.keys.PrivateFile;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.order.KeyUpdate;
import etal.provisioning.ca.Authority;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code key-update}: a new key for the cards that are out already; the root's key has to be there for it. */
@Command(
        name = "key-update",
        description = "Signs a new key for all cards of the fund with the root's key.",
        mixinStandardHelpOptions = true)
final class KeyUpdateCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "F", description = "registrar.yaml")
    private Path config = Path.of("");

    @Option(
            names = "--slot",
            required = true,
            paramLabel = "SLOT",
            description = "TERMINAL_CA, ISSUING_0 or ISSUING_1: the key that is replaced")
    private KeySlot slot = KeySlot.ISSUING_0;

    @Option(names = "--key", required = true, paramLabel = "F", description = "the new public key, PEM")
    private Path key = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "F", description = "where to write all updates, for the hub")
    private Path out = Path.of("");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RegistrarConfig read = RegistrarConfig.read(config);
        if (!Authority.isWhole(read.authority())) {
            throw new BadInput("absent", read.authority());
        }
        byte[] publicKey = CertifyCommand.publicKey(key);
        if (slot == KeySlot.ROOT) {
            throw new BadInput("root-stays");
        }
        Authority authority = read.open();
        KeyUpdate update = authority.updateKey(slot, publicKey);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (KeyUpdate each : authority.keyUpdates().updates()) {
            all.writeBytes(each.encode());
        }
        PrivateFile.write(out, all.toByteArray());
        CommandSpec command = Commands.of(spec);
        Commands.progress(command, Words.say("root-offline-again"));
        Commands.result(command, "done " + slot + " generation " + update.generation());
        return 0;
    }
}
