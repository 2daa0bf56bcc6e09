package etal.provisioning.tool;

import etal.edge.keys.Pem;
import etal.edge.keys.PrivateFile;
import etal.protocol.trust.Role;
import etal.provisioning.ca.Authority;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code certify}: a certificate for a service's key, which was made where it is used and of which only the public half comes. */
@Command(name = "certify", description = "Certifies a service's public key.", mixinStandardHelpOptions = true)
final class CertifyCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "F", description = "registrar.yaml")
    private Path config = Path.of("");

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "HUB_ACK, HUB_DOCUMENTS, HUB_SEAL, HUB_MQTT, BROKER or REGISTRAR")
    private Role role = Role.HUB_ACK;

    @Option(names = "--key", required = true, paramLabel = "F", description = "the public key, PEM")
    private Path key = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "F", description = "where to write the chain, leaf first")
    private Path out = Path.of("");

    @Option(names = "--trust", paramLabel = "F", description = "where to write the trust file as it is now")
    private @Nullable Path trust;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RegistrarConfig read = RegistrarConfig.read(config);
        if (!Authority.isWhole(read.authority())) {
            throw new BadInput("absent", read.authority());
        }
        byte[] publicKey = PublicKeyFile.read(key);
        if (role == Role.TERMINAL) {
            throw new BadInput("not-a-service");
        }
        Authority authority = read.open();
        List<byte[]> chain = authority.issueService(role, publicKey);
        PrivateFile.write(out, Pem.certificates(chain).getBytes(StandardCharsets.US_ASCII));
        if (trust != null) {
            PrivateFile.write(trust, authority.trustPem().getBytes(StandardCharsets.US_ASCII));
        }
        Commands.result(Commands.of(spec), "done " + role);
        return 0;
    }
}
