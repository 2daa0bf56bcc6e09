package etal.hub.ingest;

import static etal.hub.ingest.SaleCheck.refusal;

import etal.hub.books.Sql;
import etal.hub.ingest.SaleCheck.Refusal;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.Succession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Epochs of one terminal: a rebuilt one names the last head that was known of the epoch before. Entries of that epoch that
 * come late go on from there and are no forks; another entry at that very number is a contradiction, whichever comes first.
 * Stateless; within a transaction.
 */
final class Epochs {
    private Epochs() {}

    /** Keeps what a genesis says of the epoch before; what contradicts it, if anything does. */
    static Optional<Refusal> begins(Connection connection, Received received, Body.Genesis genesis)
            throws SQLException {
        Succession before = genesis.succession();
        if (before == null) {
            return Optional.empty();
        }
        LedgerId ledger = received.entry().ledger();
        if (before.epoch() >= ledger.epoch()) {
            return refusal(Reason.WRONG_SUCCESSION, "epoch " + ledger.epoch() + " after epoch " + before.epoch());
        }
        Sql.update(
                connection,
                "INSERT INTO succession (terminal, epoch, before_epoch, before_number, head) VALUES (?, ?, ?, ?, ?)",
                ledger.terminal(),
                ledger.epoch(),
                before.epoch(),
                before.number(),
                before.headHash());
        Optional<byte[]> held = Sql.first(
                connection,
                "SELECT hash FROM entry WHERE terminal = ? AND epoch = ? AND number = ?",
                row -> row.getBytes(1),
                ledger.terminal(),
                before.epoch(),
                before.number());
        return held.isPresent() && !Arrays.equals(held.get(), before.headHash())
                ? contradiction(before.epoch(), before.number())
                : Optional.empty();
    }

    /** What a later epoch's genesis has said of this very number, if it was another entry. */
    static Optional<Refusal> continues(Connection connection, Received received) throws SQLException {
        Optional<byte[]> named = Sql.first(
                connection,
                "SELECT head FROM succession WHERE terminal = ? AND before_epoch = ? AND before_number = ? ORDER BY epoch",
                row -> row.getBytes(1),
                received.entry().terminal(),
                received.entry().epoch(),
                received.entry().number());
        return named.isPresent() && !Arrays.equals(named.get(), received.hash())
                ? contradiction(received.entry().epoch(), received.entry().number())
                : Optional.empty();
    }

    /**
     * Whether the genesis of a later epoch has named that entry or one behind it: the certificate has ended, and the terminal's
     * next one stands for what it went on selling.
     */
    static boolean vouches(Connection connection, LedgerId ledger, long number) throws SQLException {
        return Sql.number(
                        connection,
                        "SELECT COUNT(*) FROM succession WHERE terminal = ? AND before_epoch = ? AND before_number >= ?",
                        ledger.terminal(),
                        ledger.epoch(),
                        number)
                > 0;
    }

    private static Optional<Refusal> contradiction(long epoch, long number) {
        return refusal(
                Reason.WRONG_SUCCESSION,
                "entry " + number + " of epoch " + epoch + " is another than the genesis of the epoch after it names");
    }
}
