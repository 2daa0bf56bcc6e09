package etal.provisioning.ticket;

import etal.protocol.cose.Hash;
import etal.protocol.enrol.ClaimTicket;
import etal.protocol.ledger.LedgerId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** A ticket as the registrar keeps it. Immutable; its text form never holds the secret. */
public record Ticket(ClaimTicket claim, Instant expiresAt) {
    private static final int ID_LENGTH = 16;

    /**
     * A name for journals and logs: 32 hexadecimal digits of a hash of the secret, which tell the ticket from every other
     * one and not the secret.
     */
    public String id() {
        byte[] hash = Hash.sha256("etal/ticket".getBytes(StandardCharsets.US_ASCII), claim.secret());
        return Hash.hex(Arrays.copyOf(hash, ID_LENGTH));
    }

    /** The ledger it is for. */
    public LedgerId ledger() {
        return new LedgerId(claim.terminal(), claim.epoch());
    }

    /** Whether it has run out. */
    public boolean expiredAt(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
