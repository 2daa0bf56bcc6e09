package etal.hub.sync;

import etal.hub.books.Sql;
import etal.hub.ingest.Ingest;
import etal.hub.members.Fund;
import etal.hub.restore.Gates;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.Gap;
import etal.protocol.sync.Presence;
import etal.protocol.sync.SignedPresence;
import etal.protocol.trust.Verified;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a restored hub does with a terminal's word that it is there: it asks for what it has forgotten, for the terminal does
 * not send again what was acknowledged; and once it holds all that the terminal says it has, the terminal is read back. Used
 * from the loop only, within a transaction.
 */
final class ReadBack {
    private final Fund fund;
    private final Ingest ingest;
    private final Gates gates;

    ReadBack(Fund fund, Ingest ingest, Gates gates) {
        this.fund = fund;
        this.ingest = ingest;
        this.gates = gates;
    }

    /** Hears one; what to ask the terminal for, if anything. While no gate is closed it is nobody's business. */
    Optional<Gap> hear(Connection connection, byte[] message, long nowMillis) throws SQLException {
        if (!Gates.closed(connection)) {
            return Optional.empty();
        }
        SignedPresence signed;
        try {
            signed = SignedPresence.decode(message);
        } catch (Malformed e) {
            return Optional.empty();
        }
        LedgerId ledger = signed.presence().ledger();
        Optional<Verified> leaf = ingest.terminal(connection, ledger, nowMillis);
        if (leaf.isEmpty()) {
            // A terminal that was enrolled since the backup: asking costs a batch, and only that brings its
            // certificates.
            boolean registered = fund.pointsOfSale().stream().anyMatch(point -> point.terminal() == ledger.terminal());
            return registered ? Optional.of(new Gap(ledger.terminal(), ledger.epoch(), 1)) : Optional.empty();
        }
        boolean itsOwn = Arrays.equals(signed.kid(), leaf.get().leafHash())
                && signed.verify(leaf.get().leafPublicKey65());
        return itsOwn ? hear(connection, signed.presence(), nowMillis) : Optional.empty();
    }

    private Optional<Gap> hear(Connection connection, Presence presence, long nowMillis) throws SQLException {
        LedgerId ledger = presence.ledger();
        var missing = ingest.missing(connection, ledger, presence.number());
        if (missing.isPresent()) {
            return Optional.of(new Gap(ledger.terminal(), ledger.epoch(), missing.getAsLong()));
        }
        gates.readBack(connection, ledger, presence.timeMillis(), nowMillis);
        return before(connection, ledger);
    }

    /**
     * What its genesis names of the epoch before: a rebuilt terminal has kept what came from the old one's second medium, and
     * does not send again what was acknowledged. Whether it has it nobody knows, so nothing waits for it.
     */
    private Optional<Gap> before(Connection connection, LedgerId ledger) throws SQLException {
        record Named(LedgerId before, long number) {}
        Optional<Named> named = Sql.first(
                connection,
                "SELECT before_epoch, before_number FROM succession WHERE terminal = ? AND epoch = ?",
                row -> new Named(new LedgerId(ledger.terminal(), row.getLong(1)), row.getLong(2)),
                ledger.terminal(),
                ledger.epoch());
        if (named.isEmpty()) {
            return Optional.empty();
        }
        LedgerId before = named.get().before();
        OptionalLong missing = ingest.missing(connection, before, named.get().number());
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(new Gap(before.terminal(), before.epoch(), missing.getAsLong()));
    }
}
