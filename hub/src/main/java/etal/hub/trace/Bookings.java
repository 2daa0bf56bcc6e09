package etal.hub.trace;

import etal.hub.books.CardBookings;
import etal.hub.books.Chart;
import etal.hub.books.Chart.Account;
import etal.hub.books.Sql;
import etal.hub.members.Fund;
import etal.hub.members.PointOfSale;
import etal.protocol.card.CardRecord;
import etal.protocol.cose.Hash;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the books say of one card's record. Within a transaction. */
final class Bookings {
    private static final int CARD_DIGITS = 6;
    private static final List<String> OF_A_RECORD =
            List.of("sale", "orphan", "orphan-payable", "orphan-withdrawn", "orphan-returned");

    private static final List<String> OF_A_CANCELLATION =
            List.of("cancelled", "orphan-cancelled", "orphan-cancel-charged", "orphan-cancel-borne");

    private final Connection connection;
    private final Fund fund;
    private final Chart chart;

    Bookings(Connection connection, Fund fund, Chart chart) {
        this.connection = connection;
        this.fund = fund;
        this.chart = chart;
    }

    /** Enough of a card's id to tell the cards of one market apart. */
    static String shortCard(String hex) {
        return hex.substring(0, Math.min(CARD_DIGITS, hex.length()));
    }

    /** The account of what is owed to points of sale. */
    String pointsOfSale() {
        return chart.account("points-of-sale").number();
    }

    /** What was posted of a debit, in order. */
    List<Way.Event> ofRecord(byte[] card, long counter) throws SQLException {
        List<Way.Event> events = new ArrayList<>();
        for (String name : OF_A_RECORD) {
            event(CardBookings.reference(name, card, counter)).ifPresent(events::add);
        }
        return events;
    }

    /** What was posted of a cancellation, in order. */
    List<Way.Event> ofCancellation(byte[] card, long counter) throws SQLException {
        List<Way.Event> events = new ArrayList<>();
        for (String name : OF_A_CANCELLATION) {
            event(CardBookings.reference(name, card, counter)).ifPresent(events::add);
        }
        return events;
    }

    /** The months opened that a load brought, and the card loaded. */
    List<Way.Event> ofLoad(byte[] card, CardRecord load, int firstMonth) throws SQLException {
        List<Way.Event> events = new ArrayList<>();
        for (int period = firstMonth; period <= load.period(); period++) {
            event("month-opened/" + Hash.hex(card) + "/" + period).ifPresent(events::add);
            event("month-adjusted/" + Hash.hex(card) + "/" + period).ifPresent(events::add);
        }
        event("card-loaded/" + Hash.hex(card) + "/" + load.counter()).ifPresent(events::add);
        return events;
    }

    /** The first run to that point of sale after it was owed; each run pays all that is owed at its moment. */
    Optional<Way.Payout> paidBy(List<Way.Event> events, String pointOfSale) throws SQLException {
        Optional<Way.Event> owed = events.stream()
                .filter(event -> event.name().equals("sale") || event.name().equals("orphan-payable"))
                .findFirst();
        return owed.isEmpty()
                ? Optional.empty()
                : Sql.first(
                        connection,
                        "SELECT r.run, r.execution_day, r.created_millis FROM payout_run AS r JOIN payout AS p"
                                + " ON p.run = r.run JOIN event AS o ON o.reference = 'payout-ordered/' || r.run || '/' ||"
                                + " p.point_of_sale WHERE CAST(p.point_of_sale AS TEXT) = ? AND o.id > (SELECT id FROM event WHERE"
                                + " reference = ?) ORDER BY o.id",
                        row -> new Way.Payout(row.getString(1), LocalDate.parse(row.getString(2)), row.getLong(3)),
                        pointOfSale,
                        owed.get().reference());
    }

    private Optional<Way.Event> event(String reference) throws SQLException {
        List<Way.Posting> postings = Sql.list(
                connection,
                "SELECT row, account, third, debit_cents, credit_cents FROM posting JOIN event ON event.id ="
                        + " posting.event WHERE reference = ? ORDER BY posting.id",
                row -> posting(row.getString(1), row.getString(2), row.getString(3), row.getLong(4), row.getLong(5)),
                reference);
        return Sql.first(
                connection,
                "SELECT name, day, booked_millis FROM event WHERE reference = ?",
                row -> new Way.Event(
                        row.getString(1), reference, LocalDate.parse(row.getString(2)), row.getLong(3), postings),
                reference);
    }

    private Way.Posting posting(String row, String number, String third, long debitCents, long creditCents) {
        Optional<Account> account = chart.accounts().values().stream()
                .filter(one -> one.number().equals(number))
                .findFirst();
        String name = account.map(Account::name).orElse("");
        String of = account.map(one -> switch (one.third()) {
                    case "card" -> shortCard(third);
                    case "point-of-sale" -> pointOfSale(third);
                    default -> "";
                })
                .orElse("");
        return new Way.Posting(row, number, name, of, debitCents, creditCents);
    }

    private String pointOfSale(String third) {
        return fund.pointsOfSale().stream()
                .filter(point -> point.third().equals(third))
                .map(PointOfSale::name)
                .findFirst()
                .orElse(third);
    }
}
