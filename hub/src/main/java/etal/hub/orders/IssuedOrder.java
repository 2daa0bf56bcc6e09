package etal.hub.orders;

import etal.hub.books.Sql;
import etal.port.Database.Damaged;
import etal.protocol.card.order.CardOrder;
import etal.protocol.cbor.Malformed;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/**
 * An order to a card as the store holds it.
 *
 * @param order the order itself
 * @param why what it was issued for, once for ever, such as {@code refund/CARD/COUNTER}
 * @param issuedMillis the hub's time then, milliseconds since 1970
 * @param taken counter of the card's record that took it, if that has come
 */
public record IssuedOrder(CardOrder order, String why, long issuedMillis, OptionalLong taken) {
    static final String COLUMNS = "bytes, why, issued_millis, taken";

    static IssuedOrder read(ResultSet row) throws SQLException {
        long counter = row.getLong(4);
        OptionalLong taken = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(counter);
        return new IssuedOrder(order(row.getBytes(1)), row.getString(2), row.getLong(3), taken);
    }

    static CardOrder order(byte[] bytes) throws SQLException {
        try {
            return CardOrder.decode(bytes);
        } catch (Malformed e) {
            throw new Damaged("an order does not read", e);
        }
    }

    /** The kind's name in the store and in reports. */
    static String kind(CardOrder order) {
        return switch (order) {
            case CardOrder.Add add -> "ADD";
            case CardOrder.Set set -> "SET";
            case CardOrder.Block block -> "BLOCK";
        };
    }

    /** All that the store holds for a card, in the order of issue. */
    static List<IssuedOrder> of(Connection connection, byte[] card) throws SQLException {
        return Sql.list(
                connection,
                "SELECT " + COLUMNS + " FROM card_order WHERE card = ? ORDER BY id",
                IssuedOrder::read,
                card);
    }
}
