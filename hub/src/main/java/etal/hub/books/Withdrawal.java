package etal.hub.books;

import etal.hub.books.Booking.Source;
import etal.protocol.card.CardRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes back from a producer what was paid without its sale: its day was closed with the question open, so the goods passed for
 * kept, and only later it says that they were paid in another way or came back (row 13c). A producer's word against itself is
 * believed at any time; what has been ordered to be paid out is carried forward as its debt. Stateless; within a transaction.
 */
public final class Withdrawal {
    private Withdrawal() {}

    /** Posts it, if the record was paid so and not taken back yet; else nothing. */
    public static void post(
            Connection connection,
            Journal journal,
            byte[] card,
            CardRecord record,
            String day,
            @Nullable Source source,
            long nowMillis)
            throws SQLException {
        Optional<String> paid = Sql.first(
                connection,
                "SELECT third FROM posting JOIN event ON event.id = posting.event WHERE reference = ? AND account = ?",
                row -> row.getString(1),
                CardBookings.reference("orphan-payable", card, record.counter()),
                journal.chart().account("points-of-sale").number());
        if (paid.isPresent()) {
            journal.post(connection, CardBookings.withdrawn(card, record, paid.get(), day, source), nowMillis);
        }
    }
}
