package etal.provisioning.ca;

import etal.edge.keys.KeyFile;
import etal.edge.keys.Pem;
import etal.port.Clock;
import etal.port.Entropy;
import etal.port.StorageFailed;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.Period;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.TerminalCertificate;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import etal.protocol.sync.KeyUpdates;
import etal.protocol.trust.Oids;
import etal.protocol.trust.Role;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * The certification authorities of one fund in one directory: card CA, terminal CA and service CA, under a root whose key
 * ({@code root/}) is read only by {@link #init} and {@link #updateKey} and belongs offline otherwise.
 *
 * <p>Whatever is issued stands durably in {@code issued.log} before it is returned, and the same request gets the same
 * answer, also after a crash. Several processes may work on one directory; within one process use one instance for it.
 * Safe for use by any thread.
 */
public final class Authority {
    private static final Duration ROOT_VALID = Duration.ofDays(20 * 365);
    private static final Duration CERTIFIER_VALID = Duration.ofDays(15 * 365);
    private static final Duration LEAF_VALID = Duration.ofDays(5 * 365);
    private static final List<Role> TRUSTED_ROLES = List.of(Role.HUB_ACK, Role.HUB_DOCUMENTS, Role.HUB_SEAL);
    private static final String JOURNAL = "issued.log";
    private static final String SPARE_KEY = "root/issuing-1.key";

    private final Path directory;
    private final Clock clock;
    private final Entropy entropy;
    private final Journal journal;
    private final Issued issued = new Issued();
    private final Map<Certifier, Issuer> issuers = new EnumMap<>(Certifier.class);

    private Authority(Path directory, Clock clock, Entropy entropy) throws StorageFailed {
        this.directory = directory;
        this.clock = clock;
        this.entropy = entropy;
        this.journal = Journal.open(directory.resolve(JOURNAL));
    }

    /** Whether an authority has been made in this directory, from its first to its last step. */
    public static boolean isWhole(Path directory) throws StorageFailed {
        if (!Files.exists(directory.resolve(JOURNAL))) {
            return false;
        }
        var issued = new Issued();
        return Journal.open(directory.resolve(JOURNAL)).step(known -> {
            issued.readOn(known.lines());
            return issued.spareIssuingKey() != null;
        });
    }

    /**
     * Makes the authorities' keys and certificates; what an interrupted earlier call has made is kept, so that calling
     * again completes it and changes nothing once it is whole. Needs the root's key while something is missing.
     *
     * @throws StorageFailed when files cannot be read or written, or the directory belongs to another fund
     */
    public static Authority init(Path directory, long fund, Clock clock, Entropy entropy) throws StorageFailed {
        var authority = new Authority(directory, clock, entropy);
        return authority.journal.step(known -> {
            authority.issued.readOn(known.lines());
            authority.complete(fund, known);
            return authority;
        });
    }

    /**
     * Opens what {@link #init} has made.
     *
     * @throws StorageFailed when it is not there or not whole
     */
    public static Authority open(Path directory, Clock clock, Entropy entropy) throws StorageFailed {
        if (!isWhole(directory)) {
            throw new StorageFailed("There is no whole authority in " + directory + ".");
        }
        var authority = new Authority(directory, clock, entropy);
        return authority.journal.step(known -> {
            authority.issued.readOn(known.lines());
            return authority;
        });
    }

    private void complete(long fund, Journal.Known known) throws StorageFailed {
        Long ofFund = issued.fund();
        if (ofFund == null) {
            append(known, Issued.fundLine(fund));
        } else if (ofFund != fund) {
            throw new StorageFailed("The authority in " + directory + " is that of fund " + ofFund + ".");
        }
        for (Certifier certifier : Certifier.values()) {
            if (issued.certifier(certifier) == null) {
                append(known, Issued.certifierLine(certifier, certify(certifier, fund)));
            }
        }
        if (issued.spareIssuingKey() == null) {
            byte[] scalar = KeyFile.readOrMake(directory.resolve(SPARE_KEY), entropy);
            append(known, Issued.spareLine(P256.publicKey(scalar)));
        }
    }

    private byte[] certify(Certifier certifier, long fund) throws StorageFailed {
        byte[] root = KeyFile.readOrMake(keyFile(Certifier.ROOT), entropy);
        byte[] scalar = KeyFile.readOrMake(keyFile(certifier), entropy);
        var subject = new Subject(
                Subject.name(certifier.commonName(), null, fund),
                P256.publicKey(scalar),
                certifier.profile(),
                certifier == Certifier.ROOT ? ROOT_VALID : CERTIFIER_VALID,
                List.of());
        Issuer issuer = certifier == Certifier.ROOT
                ? Issuer.self(subject, root, clock.now())
                : Issuer.of(certificate(Certifier.ROOT), root);
        return issuer.issue(subject, serial(), clock.now());
    }

    /** The fund's number. */
    public long fund() throws StorageFailed {
        return journal.step(known -> fund(known));
    }

    /**
     * Certifies a service's key. The same role and key get the same certificate; another key of a role that is taken is its
     * successor, and both stand in the trust file.
     *
     * @param publicKey uncompressed, 65 bytes
     * @return leaf first, DER, the root left out
     */
    public List<byte[]> issueService(Role role, byte[] publicKey) throws StorageFailed {
        if (role == Role.TERMINAL) {
            throw new IllegalArgumentException("A terminal is certified by its request.");
        }
        return journal.step(known -> {
            long fund = fund(known);
            for (byte[] der : issued.services(role)) {
                if (Arrays.equals(publicKey, publicKey(der))) {
                    return chain(der, Certifier.SERVICE);
                }
            }
            String commonName = role.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            var subject = new Subject(
                    Subject.name(commonName, role.name(), fund),
                    publicKey.clone(),
                    new Profile.Leaf(role),
                    LEAF_VALID,
                    List.of());
            byte[] der = issuer(Certifier.SERVICE).issue(subject, serial(), clock.now());
            append(known, Issued.serviceLine(role, der));
            return chain(der, Certifier.SERVICE);
        });
    }

    /**
     * Certifies a terminal, once for a ticket and once for a terminal and epoch. Whether the ticket covers the request is
     * for the registrar to say.
     *
     * @param ticketId a word without spaces
     */
    public TerminalIssue issueTerminal(TerminalRequest request, String ticketId) throws StorageFailed {
        return journal.step(known -> {
            long fund = fund(known);
            String hash = Hash.hex(request.hash());
            var byTicket = issued.terminalByTicket(ticketId);
            if (byTicket != null && !byTicket.requestHash().equals(hash)) {
                return new TerminalIssue.TicketUsed();
            }
            var byLedger = issued.terminalByLedger(request.ledger());
            if (byLedger != null && !byLedger.requestHash().equals(hash)) {
                return new TerminalIssue.LedgerTaken();
            }
            if (byLedger != null) {
                return new TerminalIssue.Issued(chain(byLedger.certificate(), Certifier.TERMINAL), true);
            }
            byte[] der = certify(request, fund);
            append(known, Issued.terminalLine(ticketId, request, der));
            return new TerminalIssue.Issued(chain(der, Certifier.TERMINAL), false);
        });
    }

    private byte[] certify(TerminalRequest request, long fund) throws StorageFailed {
        Instant now = clock.now();
        Issuer issuer = issuer(Certifier.TERMINAL);
        int lastPeriod = Period.of(now.plus(LEAF_VALID).atZone(ZoneOffset.UTC).toLocalDate());
        var forCards = TerminalCertificate.sign(
                fund,
                Certifier.KEY_NUMBER,
                request.ledger().terminal(),
                request.ledger().epoch(),
                request.agreementKey(),
                lastPeriod,
                signer(issuer));
        Extension extension = Subject.carrying(Oids.CARD_CERTIFICATE, forCards.encode());
        var subject = new Subject(
                Subject.name(request.ledger().toString(), Role.TERMINAL.name(), fund),
                request.signingKey(),
                new Profile.Leaf(Role.TERMINAL),
                LEAF_VALID,
                List.of(extension));
        return issuer.issue(subject, serial(), now);
    }

    /**
     * Certifies a card's key, once for a card and once for a key.
     *
     * @param cardId 8 bytes
     * @param publicKey33 compressed
     * @param flags see {@link CardCertificate}
     */
    public CardIssue issueCard(byte[] cardId, byte[] publicKey33, int lastPeriod, int flags) throws StorageFailed {
        return journal.step(known -> {
            long fund = fund(known);
            for (var before : Arrays.asList(issued.cardById(cardId), issued.cardByKey(publicKey33))) {
                if (before != null) {
                    boolean same =
                            Arrays.equals(before.cardId(), cardId) && Arrays.equals(before.publicKey33(), publicKey33);
                    return same ? new CardIssue.Issued(before) : new CardIssue.Taken(before);
                }
            }
            var certificate = CardCertificate.sign(
                    fund, Certifier.KEY_NUMBER, cardId, publicKey33, lastPeriod, flags, signer(issuer(Certifier.CARD)));
            append(known, Issued.cardLine(certificate));
            return new CardIssue.Issued(certificate);
        });
    }

    /** The root's certificate, DER: what everyone else is checked against. */
    public byte[] rootCertificate() throws StorageFailed {
        return encoded(certificate(Certifier.ROOT));
    }

    /** Root, card CA, terminal CA and service CA, DER, in this order. */
    public List<byte[]> certifierCertificates() throws StorageFailed {
        var all = new ArrayList<byte[]>();
        for (Certifier certifier : Certifier.values()) {
            all.add(encoded(certificate(certifier)));
        }
        return all;
    }

    /** The terminal CA's certificate, DER. */
    public byte[] terminalAuthorityCertificate() throws StorageFailed {
        return encoded(certificate(Certifier.TERMINAL));
    }

    /** The terminal CA's public key, uncompressed: what a card checks terminals against. */
    public byte[] terminalAuthorityKey() throws StorageFailed {
        return publicKey(terminalAuthorityCertificate());
    }

    /** The keys that a card is given now. @throws StorageFailed before the hub's documents key has been certified */
    public CardKeys cardKeys() throws StorageFailed {
        return journal.step(known -> {
            issued.readOn(known.lines());
            return CardKeys.of(issued);
        });
    }

    /**
     * Signs a new key for all cards with the root's key, as the next generation; the key that a slot was given last gets
     * the same update again.
     *
     * @param publicKey uncompressed, 65 bytes
     * @throws StorageFailed when the root's key is not at hand, or after the last generation
     */
    public KeyUpdate updateKey(KeySlot slot, byte[] publicKey) throws StorageFailed {
        return journal.step(known -> {
            long fund = fund(known);
            KeyUpdate update = CardKeys.update(issued, fund, slot, publicKey, keyFile(Certifier.ROOT));
            if (!issued.keyUpdates().contains(update)) {
                append(known, Issued.keyUpdateLine(update));
            }
            return update;
        });
    }

    /** All key updates ever signed, oldest first. */
    public KeyUpdates keyUpdates() throws StorageFailed {
        return journal.step(known -> {
            issued.readOn(known.lines());
            return new KeyUpdates(issued.keyUpdates());
        });
    }

    /** The certificates issued to a service role, DER, oldest first. */
    public List<byte[]> serviceCertificates(Role role) throws StorageFailed {
        return journal.step(known -> {
            issued.readOn(known.lines());
            return List.copyOf(issued.services(role));
        });
    }

    /**
     * The trust file: root, card CA, terminal CA, service CA, then every certificate that was ever issued to the hub for
     * acknowledgements, documents and sealing, since what they signed stays to be checked. Public things only.
     */
    public String trustPem() throws StorageFailed {
        var all = new ArrayList<>(certifierCertificates());
        for (Role role : TRUSTED_ROLES) {
            all.addAll(serviceCertificates(role));
        }
        return Pem.certificates(all);
    }

    private long fund(Journal.Known known) throws StorageFailed {
        issued.readOn(known.lines());
        Long fund = issued.fund();
        if (fund == null) {
            throw new StorageFailed("The authority in " + directory + " was never made whole.");
        }
        return fund;
    }

    private void append(Journal.Known known, String line) throws StorageFailed {
        known.append(line);
        issued.readOn(known.lines());
    }

    private Path keyFile(Certifier certifier) {
        return directory.resolve(certifier.keyFile());
    }

    /** Called within a step of the journal, which lets one thread in at a time. */
    private Issuer issuer(Certifier certifier) throws StorageFailed {
        Issuer known = issuers.get(certifier);
        if (known == null) {
            known = Issuer.of(certificate(certifier), KeyFile.read(keyFile(certifier)));
            issuers.put(certifier, known);
        }
        return known;
    }

    private static UnaryOperator<byte[]> signer(Issuer issuer) {
        return message -> P256.sign(issuer.scalar(), message);
    }

    private X509CertificateHolder certificate(Certifier certifier) throws StorageFailed {
        byte[] der = issued.certifier(certifier);
        if (der == null) {
            throw new StorageFailed("The authority in " + directory + " was never made whole.");
        }
        return parsed(der);
    }

    private List<byte[]> chain(byte[] leaf, Certifier certifier) throws StorageFailed {
        return List.of(leaf.clone(), encoded(certificate(certifier)));
    }

    private BigInteger serial() {
        byte[] bytes = entropy.bytes(16);
        // Always positive, always 16 octets, never zero (RFC 5280, 4.1.2.2).
        bytes[0] = (byte) (bytes[0] & 0x3f | 0x40);
        return new BigInteger(1, bytes);
    }

    static byte[] publicKey(byte[] der) {
        return parsed(der).getSubjectPublicKeyInfo().getPublicKeyData().getOctets();
    }

    private static X509CertificateHolder parsed(byte[] der) {
        try {
            return new X509CertificateHolder(der);
        } catch (IOException e) {
            throw new IllegalStateException("The journal's checksum held, so this is a certificate.", e);
        }
    }

    private static byte[] encoded(X509CertificateHolder certificate) {
        try {
            return certificate.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("A certificate that was read can be written.", e);
        }
    }
}
