package etal.terminal.intent;

import etal.port.Database.Damaged;
import etal.port.StorageFailed;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.SchemeRef;
import etal.terminal.ledger.Sql;
import etal.terminal.ledger.TerminalStore;
import etal.terminal.ledger.Twins;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The intentions in the store. Stateless but for it; used from the loop only. */
public final class IntentionBook {
    private static final String SELECT = "SELECT *, " + Twins.flippedIntention() + " AS flipped FROM intention";

    private final TerminalStore store;

    /** On the terminal's tables. */
    public IntentionBook(TerminalStore store) {
        this.store = store;
    }

    /** Writes a new one, within a transaction. */
    public static void write(Connection connection, Intention intention) throws SQLException {
        Undoing undoing = intention.undoing();
        Sql.update(
                connection,
                "INSERT INTO intention(kind, sale, basket, card, certificate, newest, counter, allocation, bonus, earnable,"
                        + " scheme, scheme_version, salt, details, time_seconds, intent_hash, head, state, verdict,"
                        + " sale_hash, reason)"
                        + " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                intention.kind().name(),
                intention.sale(),
                intention.basketKey(),
                intention.cardId(),
                intention.certificate(),
                intention.newest().encode(),
                intention.counterSeen(),
                intention.deltas().allocation(),
                intention.deltas().bonus(),
                intention.deltas().earnable(),
                intention.scheme().id(),
                intention.scheme().version(),
                intention.salt(),
                intention.details(),
                intention.timeSeconds(),
                intention.intentHash(),
                intention.head(),
                intention.phase().name(),
                intention.verdict().name(),
                undoing == null ? null : undoing.saleHash(),
                undoing == null ? null : undoing.reason());
    }

    /** All that are not decided, oldest first. */
    public List<Intention> undecided() throws StorageFailed {
        return store.inTransaction(connection ->
                Sql.rows(connection, SELECT + " WHERE state <> 'CLOSED' ORDER BY id", IntentionBook::read));
    }

    /** Those of one card that are not decided, oldest first. */
    public List<Intention> undecidedOf(byte[] cardId) throws StorageFailed {
        return store.inTransaction(connection -> Sql.rows(
                connection,
                // Whose card a flipped row is about nobody can tell.
                SELECT + " WHERE state <> 'CLOSED' AND (card = ? OR flipped) ORDER BY id",
                IntentionBook::read,
                cardId));
    }

    /** The undecided payment of a basket whose goods were not taken back. */
    public Optional<Intention> undecidedOf(String basketKey) throws StorageFailed {
        return store.inTransaction(connection -> Sql.first(
                connection,
                SELECT + " WHERE state <> 'CLOSED' AND verdict <> 'UNDONE' AND basket = ?"
                        + " AND kind = 'DEBIT' ORDER BY id DESC",
                IntentionBook::read,
                basketKey));
    }

    /** The undecided cancellation of a basket that the stall has not given up. */
    public Optional<Intention> undecidedCancelling(String basketKey) throws StorageFailed {
        return store.inTransaction(connection -> Sql.first(
                connection,
                SELECT + " WHERE state <> 'CLOSED' AND verdict <> 'UNDONE' AND basket = ?"
                        + " AND kind = 'CANCEL' ORDER BY id DESC",
                IntentionBook::read,
                basketKey));
    }

    /** The stall's word on a payment, within a transaction. */
    public static void decide(Connection connection, long sale, Intention.Verdict verdict) throws SQLException {
        Sql.update(
                connection, "UPDATE intention SET verdict = ? WHERE sale = ? AND kind = 'DEBIT'", verdict.name(), sale);
    }

    /** Nothing more will come of it, within a transaction. */
    public static void close(Connection connection, Intention intention) throws SQLException {
        Sql.update(
                connection,
                "UPDATE intention SET state = 'CLOSED' WHERE sale = ? AND kind = ?",
                intention.sale(),
                intention.kind().name());
    }

    private static Intention read(ResultSet row) throws SQLException {
        Twins.insist(row.getBoolean("flipped"), "an intention");
        try {
            byte[] saleHash = row.getBytes("sale_hash");
            return new Intention(
                    saleHash == null ? null : new Undoing(saleHash, row.getInt("reason")),
                    row.getLong("sale"),
                    row.getString("basket"),
                    row.getBytes("card"),
                    row.getBytes("certificate"),
                    CardRecord.decode(row.getBytes("newest")),
                    new Deltas(row.getLong("allocation"), row.getLong("bonus"), row.getLong("earnable")),
                    new SchemeRef(row.getString("scheme"), row.getLong("scheme_version")),
                    row.getBytes("salt"),
                    row.getBytes("details"),
                    row.getLong("time_seconds"),
                    row.getBytes("intent_hash"),
                    row.getBytes("head"),
                    Intention.Phase.valueOf(row.getString("state")),
                    Intention.Verdict.valueOf(row.getString("verdict")));
        } catch (Malformed malformed) {
            throw new Damaged("an intention does not read", malformed);
        }
    }
}
