package etal.hub.orders;

import etal.hub.books.Booking;
import etal.hub.books.Journal;
import etal.hub.books.OrderBookings;
import etal.hub.members.Loads.Origin;
import etal.hub.members.Member;
import etal.hub.orders.Recognised.Known;
import etal.hub.restore.Gates;
import etal.hub.restore.Restored;
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
        recognised = new Recognised(book, gates);
    }

    /** Whether the hub has issued this very order to this card, and the record does no more than it says. */
    public boolean isOurs(Connection connection, byte[] card, CardRecord record) throws SQLException {
        Optional<CardOrder> order = order(connection, card, record);
        boolean asItSays = order.isPresent()
                && record.counter() > 0
                && order.get().recordTag() == record.tag()
                && order.get().deltas().equals(record.deltas())
                && record.before().fitsCard();
        return asItSays
                && (order.get().recordNumber() == record.sale()
                        || recognised.again(connection, card, record).equals(order));
    }

    /** What a record that is not ours waits for, if this hub may have forgotten its order; to be added to a name. */
    public String waitsFor(Connection connection, Member member, CardRecord record) throws SQLException {
        return recognised
                .waitsFor(connection, member, record)
                .map(why -> ": " + why)
                .orElse("");
    }

    /** Notes the order as taken and posts what it brought. */
    public void take(Connection connection, byte[] card, CardRecord record, Origin origin) throws SQLException {
        if (book.find(connection, card, record.intentHash()).isEmpty()) {
            recognise(connection, card, record, origin);
        }
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

    /** What was booked with the order's issue is forgotten with it. */
    private void recognise(Connection connection, byte[] card, CardRecord record, Origin origin) throws SQLException {
        Optional<CardOrder> again = recognised.again(connection, card, record);
        if (again.isPresent()) {
            book.recogniseAgain(connection, again.get(), record.intentHash(), record.counter());
            return;
        }
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
        Optional<IssuedOrder> known = book.find(connection, card, record.intentHash());
        if (known.isPresent()) {
            // Where the forgotten one was taken already, the one that was signed anew for it brings the same money
            // again.
            boolean free = known.get().taken().isEmpty()
                    || known.get().taken().getAsLong() == record.counter()
                    || !Restored.ever(connection);
            return free ? known.map(IssuedOrder::order) : Optional.empty();
        }
        Optional<CardOrder> again = recognised.again(connection, card, record);
        return again.isPresent()
                ? again
                : recognised.behind(connection, card, record).map(Known::order);
    }
}
