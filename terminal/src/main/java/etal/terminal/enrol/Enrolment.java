package etal.terminal.enrol;

import etal.port.Clock;
import etal.port.Entropy;
import etal.port.PeerUnreachable;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.enrol.ClaimTicket;
import etal.protocol.enrol.Est;
import etal.protocol.ledger.LedgerId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Enrols a terminal with its claim ticket: keys first and durably, then the registrar's authorities, compared with the
 * root in the terminal's own trust file, then the request, then everything about the answer checked, then the chain kept.
 *
 * <p>It may be cut anywhere and called again: keys are kept, the request of the same keys is the same bytes, and the
 * registrar answers the same request with the same certificate. Stateless; one call at a time for a directory.
 */
public final class Enrolment {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
    private static final int ATTEMPTS = 3;
    private static final int REASON_CHARS_MAX = 300;

    private Enrolment() {}

    /**
     * What this directory of keys already has, without any network; empty before enrolment, and then the keys are made.
     *
     * @param root the root's certificate from the terminal's trust file, DER
     * @throws Malformed when what is kept does not hold under the root, or not together
     */
    public static Optional<Credentials> enrolled(Path keys, byte[] root, Clock clock, Entropy entropy)
            throws StorageFailed, Malformed {
        KeyRing ring = KeyRing.open(keys, root, clock, entropy);
        return ring.enrolled() ? Optional.of(ring.stored()) : Optional.empty();
    }

    /**
     * Enrols, or finds that it is done.
     *
     * @param root the root's certificate from the terminal's trust file, DER
     * @param keys the directory of keys, made if it is not there
     * @throws PeerUnreachable when the registrar did not answer in any attempt; call again later
     * @throws StorageFailed when keys or chain cannot be read or kept
     */
    public static Outcome enrol(ClaimTicket ticket, byte[] root, Path keys, Clock clock, Entropy entropy)
            throws PeerUnreachable, StorageFailed {
        return enrol(ticket, KeyRing.open(keys, root, clock, entropy), () -> CoapRegistry.open(ticket, ANSWER_WITHIN));
    }

    static Outcome enrol(ClaimTicket ticket, KeyRing ring, Registry.Line line) throws PeerUnreachable, StorageFailed {
        if (ring.enrolled()) {
            return stored(ticket, ring);
        }
        PeerUnreachable last = new PeerUnreachable("The registrar was never asked.");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (Registry registry = line.open()) {
                return ask(ticket, ring, registry);
            } catch (PeerUnreachable e) {
                last = e;
            } catch (Malformed e) {
                return new Outcome.Untrusted(String.valueOf(e.getMessage()));
            }
        }
        throw last;
    }

    private static Outcome stored(ClaimTicket ticket, KeyRing ring) throws StorageFailed {
        try {
            Credentials credentials = ring.stored();
            return isFor(ticket, credentials)
                    ? new Outcome.Enrolled(credentials)
                    : new Outcome.OtherKeys("The keys here are those of " + credentials.ledger() + ".");
        } catch (Malformed e) {
            return new Outcome.OtherKeys(String.valueOf(e.getMessage()));
        }
    }

    private static Outcome ask(ClaimTicket ticket, KeyRing ring, Registry registry)
            throws PeerUnreachable, StorageFailed, Malformed {
        Registry.Reply authorities = registry.crts();
        if (!authorities.code().equals("2.05")) {
            return refused(authorities);
        }
        byte[] authority = authority(authorities, ring);
        var ledger = new LedgerId(ticket.terminal(), ticket.epoch());
        Registry.Reply certified = registry.sen(ring.request(ticket.fund(), ledger));
        if (!certified.code().equals("2.04")) {
            return refused(certified);
        }
        if (certified.contentFormat() != Est.CONTENT_PKIX_CERT) {
            throw new Malformed("The certificate came as content format " + certified.contentFormat() + ".");
        }
        Credentials credentials = ring.checked(List.of(certified.payload(), authority));
        if (!isFor(ticket, credentials)) {
            throw new Malformed("The certificate is for " + credentials.ledger() + ".");
        }
        ring.store(credentials);
        return new Outcome.Enrolled(credentials);
    }

    /** The one authority beside the root, which must be the root that this terminal was given to trust. */
    private static byte[] authority(Registry.Reply reply, KeyRing ring) throws Malformed {
        if (reply.contentFormat() != Est.CONTENT_PKCS7_CERTS) {
            throw new Malformed("The authorities came as content format " + reply.contentFormat() + ".");
        }
        List<byte[]> certificates = CertsOnly.decode(reply.payload());
        List<byte[]> others = certificates.stream()
                .filter(certificate -> !ring.isRoot(certificate))
                .toList();
        if (others.size() == certificates.size()) {
            throw new Malformed("The registrar's root is not the one in the trust file.");
        }
        if (others.size() != 1) {
            throw new Malformed("Beside the root there is not one authority but " + others.size() + ".");
        }
        return others.getFirst();
    }

    private static boolean isFor(ClaimTicket ticket, Credentials credentials) {
        return credentials.ledger().equals(new LedgerId(ticket.terminal(), ticket.epoch()))
                && credentials.introduction().fund() == ticket.fund();
    }

    private static Outcome refused(Registry.Reply reply) throws PeerUnreachable {
        String reason = new String(reply.payload(), StandardCharsets.UTF_8);
        if (reply.code().startsWith("5.")) {
            throw new PeerUnreachable("The registrar cannot answer now: " + reply.code() + ".");
        }
        String bounded = reason.length() > REASON_CHARS_MAX ? reason.substring(0, REASON_CHARS_MAX) : reason;
        return new Outcome.Refused(reply.code(), bounded.replaceAll("\\p{Cntrl}", " "));
    }
}
