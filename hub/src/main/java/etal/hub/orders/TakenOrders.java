package etal.hub.orders;

import etal.hub.books.Journal;
import etal.hub.books.OrderBookings;
import etal.hub.members.Loads.Origin;
import etal.protocol.card.CardRecord;
import etal.protocol.card.order.CardOrder;
import etal.protocol.cose.Hash;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Records by which cards say that they have taken an order. Used from the loop only, within a transaction. */
public final class TakenOrders {
    private final OrderBook book;
    private final Journal journal;

    /** Records of orders in that book, posted to that journal. */
    public TakenOrders(OrderBook book, Journal journal) {
        this.book = book;
        this.journal = journal;
    }

    /** Whether the hub has issued this very order to this card, and the record does no more than it says. */
    public boolean isOurs(Connection connection, byte[] card, CardRecord record) throws SQLException {
        return order(connection, card, record)
                .filter(order -> record.counter() > 0
                        && order.recordTag() == record.tag()
                        && order.recordNumber() == record.sale()
                        && order.deltas().equals(record.deltas())
                        && record.before().fitsCard())
                .isPresent();
    }

    /** Notes the order as taken and posts what it brought. */
    public void take(Connection connection, byte[] card, CardRecord record, Origin origin) throws SQLException {
        Optional<CardOrder> order = order(connection, card, record);
        if (order.isPresent()) {
            book.taken(connection, order.get(), record.counter());
            if (order.get() instanceof CardOrder.Add add) {
                journal.post(
                        connection,
                        OrderBookings.taken(Hash.hex(card), record.counter(), add, origin.day(), origin.source()),
                        origin.nowMillis());
            }
        }
    }

    private Optional<CardOrder> order(Connection connection, byte[] card, CardRecord record) throws SQLException {
        return book.find(connection, card, record.intentHash()).map(IssuedOrder::order);
    }
}
