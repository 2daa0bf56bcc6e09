package etal.hub.orders;

import etal.hub.books.Booking;
import etal.hub.books.Journal;
import etal.hub.books.OrderBookings;
import etal.hub.members.Loads.Origin;
import etal.hub.orders.Recognised.Known;
import etal.hub.restore.Gates;
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
    private final Recognised recognised;

    /** Records of orders in that book, posted to that journal; what those gates' hub has forgotten is recognised. */
    public TakenOrders(OrderBook book, Journal journal, Gates gates) {
        this.book = book;
        this.journal = journal;
        recognised = new Recognised(book, journal, gates);
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
        if (book.find(connection, card, record.intentHash()).isEmpty()) {
            recognise(connection, card, record, origin);
        }
        Optional<CardOrder> order = order(connection, card, record);
        if (order.isPresent()) {
            book.taken(connection, card, record.intentHash(), record.counter());
            if (order.get() instanceof CardOrder.Add add) {
                journal.post(
                        connection,
                        OrderBookings.taken(Hash.hex(card), record.counter(), add, origin.day(), origin.source()),
                        origin.nowMillis());
            }
        }
    }

    /** What was booked with the order's issue is forgotten with it. */
    private void recognise(Connection connection, byte[] card, CardRecord record, Origin origin) throws SQLException {
        Optional<Known> known = recognised.behind(connection, card, record);
        if (known.isEmpty()) {
            return;
        }
        book.recognise(connection, known.get(), record.intentHash(), origin.nowMillis());
        if (known.get().order() instanceof CardOrder.Add add) {
            Optional<Booking> issued =
                    recognised.issued(connection, card, add, known.get().why(), origin.day());
            if (issued.isPresent()) {
                journal.post(connection, issued.get(), origin.nowMillis());
            }
        }
    }

    private Optional<CardOrder> order(Connection connection, byte[] card, CardRecord record) throws SQLException {
        Optional<CardOrder> known =
                book.find(connection, card, record.intentHash()).map(IssuedOrder::order);
        return known.isPresent()
                ? known
                : recognised.behind(connection, card, record).map(Known::order);
    }
}
