package etal.provisioning.tool;

import etal.edge.keys.Pem;
import etal.edge.keys.PrivateFile;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.P256;
import etal.protocol.trust.Role;
import etal.provisioning.ca.Authority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code certify}: a certificate for a service's key, which was made where it is used and of which only the public half comes. */
@Command(name = "certify", description = "Certifies a service's public key.", mixinStandardHelpOptions = true)
final class CertifyCommand implements Callable<Integer> {
    private static final int KEY_FILE_BYTES_MAX = 4_096;

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
        byte[] publicKey = publicKey(key);
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

    /** The P-256 key in a PEM file of its own, uncompressed, 65 bytes. */
    static byte[] publicKey(Path key) throws BadInput {
        try {
            if (Files.size(key) > KEY_FILE_BYTES_MAX) {
                throw new BadInput("not-a-key", key);
            }
            var blocks = Pem.blocks(Files.readString(key, StandardCharsets.ISO_8859_1), key.toString());
            if (blocks.size() != 1 || !blocks.getFirst().label().equals("PUBLIC KEY")) {
                throw new BadInput("not-a-key", key);
            }
            var info = SubjectPublicKeyInfo.getInstance(blocks.getFirst().der());
            byte[] point = info.getPublicKeyData().getOctets();
            if (!SECObjectIdentifiers.secp256r1.equals(info.getAlgorithm().getParameters())
                    || point.length != P256.PUBLIC_LENGTH) {
                throw new BadInput("not-a-key", key);
            }
            P256.check(point);
            return point;
        } catch (IOException | StorageFailed | Malformed | RuntimeException e) {
            // Whatever a file holds instead of a key, the technician needs one sentence.
            throw new BadInput("not-a-key", key);
        }
    }
}
