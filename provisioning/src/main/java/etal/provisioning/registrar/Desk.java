package etal.provisioning.registrar;

import etal.port.Clock;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.provisioning.ca.Authority;
import etal.provisioning.ca.TerminalIssue;
import etal.provisioning.ca.TerminalRequest;
import etal.provisioning.registrar.Answer.Certified;
import etal.provisioning.registrar.Answer.Reason;
import etal.provisioning.registrar.Answer.Refused;
import etal.provisioning.ticket.Ticket;
import etal.provisioning.ticket.TicketOffice;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Decides what a terminal gets. DTLS has proven that it holds the ticket's secret; here it proves its key, and that it asks
 * for what the ticket is for. Safe for use by any thread.
 */
final class Desk {
    private static final Logger LOG = Logger.getLogger(Desk.class.getName());

    private final Authority authority;
    private final TicketOffice tickets;
    private final Clock clock;

    Desk(Authority authority, TicketOffice tickets, Clock clock) {
        this.authority = authority;
        this.tickets = tickets;
        this.clock = clock;
    }

    /**
     * Answers a request.
     *
     * @param pskIdentity as DTLS has authenticated it
     */
    Answer enrol(String pskIdentity, byte[] pkcs10) {
        try {
            var ticket = tickets.find(pskIdentity);
            return ticket.isPresent()
                    ? enrol(ticket.get(), TerminalRequest.read(pkcs10))
                    : refused("This ticket has been withdrawn.");
        } catch (Malformed e) {
            return new Refused(Reason.MALFORMED, String.valueOf(e.getMessage()));
        } catch (StorageFailed e) {
            LOG.log(Level.SEVERE, "Cannot certify " + pskIdentity + ".", e);
            return new Refused(Reason.LATER, "The registrar cannot read or write its journal.");
        }
    }

    private Answer enrol(Ticket ticket, TerminalRequest request) throws StorageFailed {
        if (ticket.expiredAt(clock.now())) {
            return refused("This ticket expired at " + ticket.expiresAt() + ".");
        }
        if (request.fund() != ticket.claim().fund() || request.fund() != authority.fund()) {
            return refused("This ticket is for fund " + ticket.claim().fund() + ".");
        }
        if (!request.ledger().equals(ticket.ledger())) {
            return refused("This ticket is for " + ticket.ledger() + ", not for " + request.ledger() + ".");
        }
        return switch (authority.issueTerminal(request, ticket.id())) {
            case TerminalIssue.Issued issued -> {
                LOG.info(() -> (issued.again() ? "certified again " : "certified ") + request.ledger());
                yield new Certified(issued.chain());
            }
            case TerminalIssue.TicketUsed() -> refused("This ticket has been used by another request.");
            case TerminalIssue.LedgerTaken() ->
                refused(request.ledger() + " is certified with another key; a rebuilt terminal starts a new epoch.");
        };
    }

    private static Refused refused(String sentence) {
        LOG.warning(sentence);
        return new Refused(Reason.NOT_COVERED, sentence);
    }
}
