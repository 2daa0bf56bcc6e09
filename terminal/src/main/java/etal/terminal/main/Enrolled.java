package etal.terminal.main;

import etal.port.Clock;
import etal.port.Entropy;
import etal.port.PeerUnreachable;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.enrol.ClaimTicket;
import etal.protocol.money.Unit;
import etal.protocol.trust.TrustFile;
import etal.terminal.enrol.Credentials;
import etal.terminal.enrol.Enrolment;
import etal.terminal.enrol.Outcome;
import etal.terminal.speech.TillSpeech;
import java.nio.file.Path;
import java.util.Optional;

/** The terminal's credentials: those it has, or new ones for its claim ticket. Stateless. */
final class Enrolled {
    private Enrolled() {}

    static Credentials credentials(TerminalConfig config, TrustFile trust, Clock clock, Entropy entropy)
            throws StartRefused, StorageFailed {
        Path keys = config.directory().resolve("keys");
        try {
            Optional<Credentials> kept = Enrolment.enrolled(keys, trust.root(), clock, entropy);
            Credentials credentials = kept.isPresent() ? kept.get() : enrol(config, trust, keys, clock, entropy);
            if (!credentials.ledger().equals(config.ledger())) {
                throw new StartRefused(StartRefused.DAMAGE, keys + ": these are the keys of " + credentials.ledger());
            }
            return credentials;
        } catch (Malformed damaged) {
            throw new StartRefused(StartRefused.DAMAGE, keys + ": " + damaged.getMessage(), damaged);
        }
    }

    private static Credentials enrol(TerminalConfig config, TrustFile trust, Path keys, Clock clock, Entropy entropy)
            throws StartRefused, StorageFailed, Malformed {
        if (config.ticket().isEmpty()) {
            throw new StartRefused(StartRefused.LACKING, keys + ": not enrolled, and the configuration has no ticket");
        }
        ClaimTicket ticket = ClaimTicket.parse(config.ticket().get());
        try {
            Outcome outcome = Enrolment.enrol(ticket, trust.root(), keys, clock, entropy);
            if (outcome instanceof Outcome.Enrolled enrolled) {
                return enrolled.credentials();
            }
            String sentence = TillSpeech.in(config.language(), Unit.EURO).speak(outcome.said());
            throw new StartRefused(StartRefused.DAMAGE, sentence);
        } catch (PeerUnreachable unreachable) {
            throw new StartRefused(StartRefused.LACKING, String.valueOf(unreachable.getMessage()), unreachable);
        }
    }
}
