package etal.hub.view;

import etal.hub.books.Sql;
import etal.hub.members.Fund;
import etal.hub.members.PointOfSale;
import etal.hub.view.Board.SaleLine;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.FundedLine;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.SignedEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sales of a day, the newest to arrive first. Within a transaction. */
final class SaleLines {
    /** Enough of a card's id to tell the cards of one market apart; its holder stands in no list of the pages. */
    private static final int CARD_DIGITS = 6;

    private final Connection connection;
    private final Fund fund;

    private record Row(
            byte[] hash,
            LedgerId ledger,
            long number,
            boolean beside,
            long pointOfSale,
            byte @Nullable [] card,
            long fundedCents,
            long cardCents) {}

    SaleLines(Connection connection, Fund fund) {
        this.connection = connection;
        this.fund = fund;
    }

    List<SaleLine> of(String day, int most) throws SQLException {
        List<Row> rows = Sql.list(
                connection,
                "SELECT s.entry_hash, s.terminal, s.epoch, s.number, s.branch, s.point_of_sale, s.card, s.funded_cents,"
                        + " s.card_cents FROM sale AS s LEFT JOIN entry AS e ON s.branch = 'chain' AND e.terminal ="
                        + " s.terminal AND e.epoch = s.epoch AND e.number = s.number LEFT JOIN fork AS f ON"
                        + " s.branch = 'fork' AND f.hash = s.entry_hash WHERE s.day = ? ORDER BY"
                        + " COALESCE(e.received_millis, f.received_millis) DESC, e.time_millis DESC, s.terminal, s.epoch,"
                        + " s.number DESC LIMIT " + most,
                row -> new Row(
                        row.getBytes(1),
                        new LedgerId(row.getLong(2), row.getLong(3)),
                        row.getLong(4),
                        row.getString(5).equals("fork"),
                        row.getLong(6),
                        row.getBytes(7),
                        row.getLong(8),
                        row.getLong(9)),
                day);
        List<SaleLine> lines = new ArrayList<>();
        for (Row row : rows) {
            lines.add(line(row));
        }
        return lines;
    }

    private SaleLine line(Row row) throws SQLException {
        List<String> families = List.of();
        long timeMillis = 0;
        try {
            SignedEntry signed = SignedEntry.decode(bytes(row));
            timeMillis = signed.entry().timeMillis();
            families = signed.entry().body() instanceof Body.Sale sale ? families(sale) : List.of();
        } catch (Malformed e) {
            // Damaged in the store: the evening names it, and the list goes on without what cannot be read.
            families = List.of();
        }
        byte[] card = row.card();
        return new SaleLine(
                row.ledger(),
                row.number(),
                row.beside(),
                timeMillis,
                stall(row.pointOfSale()),
                families,
                card == null ? "" : Hash.hex(card).substring(0, CARD_DIGITS),
                row.fundedCents(),
                row.cardCents());
    }

    private byte[] bytes(Row row) throws SQLException {
        return Sql.first(
                        connection,
                        row.beside()
                                ? "SELECT bytes FROM fork WHERE hash = ? AND terminal = ? AND epoch = ? AND number = ?"
                                : "SELECT bytes FROM entry WHERE hash = ? AND terminal = ? AND epoch = ? AND number = ?",
                        found -> found.getBytes(1),
                        row.hash(),
                        row.ledger().terminal(),
                        row.ledger().epoch(),
                        row.number())
                .orElse(new byte[0]);
    }

    private static List<String> families(Body.Sale sale) {
        return sale.lines().stream().map(FundedLine::family).distinct().toList();
    }

    private String stall(long id) {
        return fund.pointsOfSale().stream()
                .filter(point -> point.id() == id)
                .map(PointOfSale::name)
                .findFirst()
                .orElse(Long.toString(id));
    }
}
