package etal.terminal.enrol;

import etal.edge.keys.KeyFile;
import etal.port.PeerUnreachable;
import etal.port.StorageFailed;
import etal.protocol.card.TerminalCertificate;
import etal.protocol.cose.P256;
import etal.protocol.enrol.Est;
import etal.protocol.trust.Role;
import etal.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.util.CollectionStore;

/**
 * A registrar that certifies terminal 3 with keys known beforehand (test secrets), and whose every answer a test may
 * replace. It remembers the requests.
 */
final class ScriptedRegistrar implements Registry.Line {
    /** Thrown by a test in place of a pulled plug. */
    static final class PlugPulled extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** What a test does to an answer, or instead of giving it. */
    @FunctionalInterface
    interface Touch {
        Registry.Reply touch(Registry.Reply sound) throws PeerUnreachable;
    }

    static final int LAST_PERIOD = 200;

    final TestAuthority authority = new TestAuthority(1);
    final byte[] agreementScalar = authority.service(Role.HUB_SEAL).scalar();
    final List<byte[]> requests = new ArrayList<>();
    Touch onCrts = sound -> sound;
    Touch onSen = sound -> sound;
    int opened;

    /** Puts the keys there that the scripted certificate is for. */
    void placeKeys(Path keys) throws StorageFailed {
        KeyFile.write(keys.resolve("signing.key"), authority.terminal(3, 1).scalar());
        KeyFile.write(keys.resolve("agreement.key"), agreementScalar);
    }

    /** The compact certificate that belongs into terminal 3's. */
    TerminalCertificate compact() {
        byte[] key = P256.publicKey(agreementScalar);
        return TerminalCertificate.sign(
                1, 1, 3, 1, key, LAST_PERIOD, bytes -> P256.sign(authority.terminalAuthorityScalar(), bytes));
    }

    List<byte[]> chain() {
        return authority.terminal(3, 1, compact().encode()).chain();
    }

    @Override
    public Registry open() {
        opened++;
        return new Registry() {
            @Override
            public Reply crts() throws PeerUnreachable {
                byte[] certificates = certsOnly(List.of(authority.root(), chain().get(1)));
                return onCrts.touch(new Reply("2.05", Est.CONTENT_PKCS7_CERTS, certificates));
            }

            @Override
            public Reply sen(byte[] pkcs10) throws PeerUnreachable {
                requests.add(pkcs10);
                return onSen.touch(new Reply("2.04", Est.CONTENT_PKIX_CERT, chain().getFirst()));
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    static byte[] certsOnly(List<byte[]> certificates) {
        try {
            var holders = new ArrayList<X509CertificateHolder>();
            for (byte[] der : certificates) {
                holders.add(new X509CertificateHolder(der));
            }
            var generator = new CMSSignedDataGenerator();
            generator.addCertificates(new CollectionStore<>(holders));
            return generator.generate(new CMSAbsentContent()).getEncoded();
        } catch (IOException | CMSException e) {
            throw new AssertionError(e);
        }
    }
}
