package etal.terminal.enrol;

import etal.edge.keys.KeyFile;
import etal.edge.keys.Pem;
import etal.edge.keys.PrivateFile;
import etal.edge.keys.SoftwareSigner;
import etal.port.Clock;
import etal.port.Entropy;
import etal.port.Signer;
import etal.port.StorageFailed;
import etal.protocol.card.TerminalCertificate;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.P256;
import etal.protocol.ledger.LedgerId;
import etal.protocol.trust.Role;
import etal.protocol.trust.Verified;
import etal.protocol.trust.X509Chain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A terminal's directory of keys (0700): {@code signing.key} and {@code agreement.key} (0600), made once and kept, and
 * {@code chain.pem} once it is enrolled. Each file is whole or absent.
 */
final class KeyRing {
    private static final String CHAIN = "chain.pem";

    private final Path directory;
    private final byte[] root;
    private final Clock clock;
    private final byte[] agreementScalar;
    private final Signer signer;

    private KeyRing(Path directory, byte[] root, Clock clock, byte[] signingScalar, byte[] agreementScalar) {
        this.directory = directory;
        this.root = root;
        this.clock = clock;
        this.agreementScalar = agreementScalar;
        this.signer = new SoftwareSigner(signingScalar);
    }

    /** Opens the directory; keys that are missing are made and on the disk when this returns. */
    static KeyRing open(Path directory, byte[] root, Clock clock, Entropy entropy) throws StorageFailed {
        byte[] signing = KeyFile.readOrMake(directory.resolve("signing.key"), entropy);
        byte[] agreement = KeyFile.readOrMake(directory.resolve("agreement.key"), entropy);
        return new KeyRing(directory, root, clock, signing, agreement);
    }

    /** Whether a chain is there. */
    boolean enrolled() {
        return Files.exists(directory.resolve(CHAIN));
    }

    /** Whether this certificate is the root that this terminal was given to trust. */
    boolean isRoot(byte[] der) {
        return Arrays.equals(der, root);
    }

    /** The request for these keys; the same each time. */
    byte[] request(long fund, LedgerId ledger) {
        return CertificateRequest.encode(fund, ledger, signer, P256.publicKey(agreementScalar));
    }

    /**
     * The credentials kept here.
     *
     * @throws Malformed when the chain does not hold under the root or is not of these keys
     */
    Credentials stored() throws StorageFailed, Malformed {
        List<byte[]> chain = Pem.certificates(directory.resolve(CHAIN));
        // One that has ended sells on: what it signs counts, and what cannot be sent waits.
        return checked(chain, chain.isEmpty() ? 0 : firstDay(parsed(chain.getFirst())));
    }

    /** Keeps a chain that was {@link #checked}. */
    void store(Credentials credentials) throws StorageFailed {
        byte[] pem = Pem.certificates(credentials.chain()).getBytes(StandardCharsets.US_ASCII);
        PrivateFile.write(directory.resolve(CHAIN), pem);
    }

    /**
     * What a chain gives this terminal, after everything about it has been checked: up to the root, for these two keys, and
     * the compact certificate by the same terminal CA.
     *
     * @param chain leaf first, DER, the root left out
     */
    Credentials checked(List<byte[]> chain) throws Malformed {
        return checked(chain, chain.isEmpty() ? 0 : moment(parsed(chain.getFirst())));
    }

    private Credentials checked(List<byte[]> chain, long atMillis) throws Malformed {
        if (chain.size() != 2) {
            throw new Malformed("A terminal's chain is its certificate and the terminal CA's.");
        }
        Verified verified = X509Chain.verify(chain, root, atMillis);
        byte[] compact = verified.cardCertificate();
        if (verified.role() != Role.TERMINAL || compact == null) {
            throw new Malformed("The certificate is not a terminal's.");
        }
        if (!Arrays.equals(verified.leafPublicKey65(), signer.publicKey())) {
            throw new Malformed("The certificate is for another signing key.");
        }
        var ledger = LedgerId.parse(verified.commonName());
        var introduction = TerminalCertificate.decode(compact);
        byte[] authorityKey = parsed(chain.get(1))
                .getSubjectPublicKeyInfo()
                .getPublicKeyData()
                .getOctets();
        if (!introduction.verify(authorityKey)
                || introduction.fund() != verified.fund()
                || introduction.terminal() != ledger.terminal()
                || introduction.epoch() != ledger.epoch()) {
            throw new Malformed("The certificate for cards does not fit the terminal's.");
        }
        if (!Arrays.equals(introduction.agreementKey65(), P256.publicKey(agreementScalar))) {
            throw new Malformed("The certificate for cards is for another key.");
        }
        return new Credentials(ledger, chain, signer, introduction, agreementScalar);
    }

    /** A terminal whose clock nobody vouches for cannot judge validity: it takes the certificate's own first day. */
    private long moment(X509CertificateHolder leaf) {
        return clock.trusted() ? clock.now().toEpochMilli() : firstDay(leaf);
    }

    private static long firstDay(X509CertificateHolder leaf) {
        return leaf.getNotBefore().getTime();
    }

    private static X509CertificateHolder parsed(byte[] der) throws Malformed {
        try {
            return new X509CertificateHolder(der);
        } catch (IOException | RuntimeException e) {
            // Bouncy Castle answers nonsense with many kinds of unchecked exceptions; to us all of them are one
            // refusal.
            throw new Malformed("Not a certificate.", e);
        }
    }
}
