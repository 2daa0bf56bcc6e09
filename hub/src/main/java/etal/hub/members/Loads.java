package etal.hub.members;

import etal.hub.books.Booking;
import etal.hub.books.Booking.Source;
import etal.hub.books.Journal;
import etal.hub.books.Sql;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Entitlement;
import etal.protocol.card.MonthLoad;
import etal.protocol.cose.Hash;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads as cards have signed them: whether they were due, and what they mean for the books. What a card lost at a load
 * is final at once, because the card's own record shows it. Used from the loop only, within a transaction.
 */
public final class Loads {
    private final Journal journal;
    private final Opening opening;

    /** Loads posted to that journal. */
    public Loads(Journal journal) {
        this.journal = journal;
        opening = new Opening(journal);
    }

    /** Where a posting comes from: the ledger entry, its day, the hub's time. */
    public record Origin(String day, Source source, long nowMillis) {}

    /**
     * Whether that entitlement gives this load.
     *
     * @param cardPeriod the card's month before it, as far as it is known: it was this or a later one; 0 for nothing known
     * @param exact whether it was this very month, so that only one number of months fits
     */
    public static boolean due(Entitlement entitlement, CardRecord load, int cardPeriod, boolean exact) {
        int most = MonthLoad.monthsDue(entitlement, cardPeriod, load.period());
        if (!load.before().fitsCard()) {
            return false;
        }
        for (int months = exact ? Math.max(1, most) : 1; months <= most; months++) {
            boolean fits = MonthLoad.ofMonths(entitlement, load.before(), months)
                    .filter(one -> one.deltas().equals(load.deltas()))
                    .isPresent();
            if (fits) {
                return true;
            }
        }
        return false;
    }

    /** The entitlements among these that give this load; see {@link #due}. */
    public static List<Entitlement> giving(List<Entitlement> possible, CardRecord load, int cardPeriod, boolean exact) {
        return possible.stream()
                .filter(entitlement -> due(entitlement, load, cardPeriod, exact))
                .toList();
    }

    /** The one of these by which the load is booked; none while they differ in what it would mean. */
    public static Optional<Entitlement> settled(List<Entitlement> giving, CardRecord load) {
        boolean alike = giving.stream()
                        .map(one -> List.of(loadedCents(one, load), (long) firstMonth(one, load)))
                        .distinct()
                        .count()
                == 1;
        return alike ? Optional.of(giving.getFirst()) : Optional.empty();
    }

    /** What of the old allocation was lost at a load. */
    public static long expiredCents(Entitlement entitlement, CardRecord load) {
        return Math.max(0, load.before().allocation() - entitlement.keepCents());
    }

    /** What a load brought. */
    public static long loadedCents(Entitlement entitlement, CardRecord load) {
        return load.deltas().allocation() + expiredCents(entitlement, load);
    }

    /** The first of the months that a load brought; its own is the last. Without an amount there is nothing to tell by. */
    public static int firstMonth(Entitlement entitlement, CardRecord load) {
        long amountCents = entitlement.amountCents();
        long months = amountCents == 0 ? 1 : loadedCents(entitlement, load) / amountCents;
        return load.period() - (int) months + 1;
    }

    /**
     * Posts a load, and before it the months it brought: as far as they were never opened, and where the books had opened
     * them by another version than the card had (rows 2, 3, 9a and 9c).
     */
    public void post(
            Connection connection,
            Member member,
            CardEntitlements entitlements,
            Entitlement entitlement,
            CardRecord load,
            Origin origin)
            throws SQLException {
        String card = Hash.hex(member.card());
        for (int period = firstMonth(entitlement, load); period <= load.period(); period++) {
            opening.month(connection, member, entitlements, period, origin.day(), origin.nowMillis());
            long moreCents = entitlement.amountCents() - entitlements.rightsCents(period);
            Map<String, Long> amounts = Map.of("more", Math.max(0, moreCents), "less", Math.max(0, -moreCents));
            book(connection, "month-adjusted", card, period, amounts, origin);
        }
        Map<String, Long> amounts = Map.of(
                "allocation", loadedCents(entitlement, load),
                "expired", expiredCents(entitlement, load));
        book(connection, "card-loaded", card, load.counter(), amounts, origin);
    }

    /**
     * Posts the months that a card has skipped for good, as far as they were opened: row 9c, straight from the rights.
     *
     * @param cardPeriod the card's month before the load
     * @param loaded the first month that the load brought
     */
    public void lapse(
            Connection connection,
            Member member,
            CardEntitlements entitlements,
            int cardPeriod,
            int loaded,
            Origin origin)
            throws SQLException {
        int first = Math.max(cardPeriod, entitlements.firstPeriod() - 1) + 1;
        for (int period = first; period < loaded; period++) {
            lapse(connection, member, entitlements, period, origin);
        }
    }

    /** Posts the months that the card's loads have left out once more: a month that they skipped may be opened only now. */
    void lapseSkipped(Connection connection, Member member, CardEntitlements entitlements, Origin origin)
            throws SQLException {
        Optional<CardRecord> newest = LoadsOfCard.newest(connection, member.card());
        if (newest.isEmpty()) {
            return;
        }
        LoadsOfCard known = new LoadsOfCard(connection, member.card(), entitlements, newest.get());
        for (CardRecord load : known.all()) {
            Optional<Entitlement> by = settled(known.giving(load), load);
            Optional<CardRecord> before = known.before(load);
            if (by.isPresent() && before.isPresent()) {
                lapse(connection, member, entitlements, before.get().period(), firstMonth(by.get(), load), origin);
            }
        }
    }

    /** Posts a month that a restored hub had opened and forgotten, see {@link Opening#forgotten}. */
    public void forgotten(Connection connection, int period, long beginMillis, Origin origin) throws SQLException {
        opening.forgotten(connection, period, beginMillis, this, origin);
    }

    /** So do all months that were opened after a card's last record. */
    public void lapseAll(
            Connection connection, Member member, CardEntitlements entitlements, int cardPeriod, Origin origin)
            throws SQLException {
        String months = "month-opened/" + Hash.hex(member.card());
        for (int period : Sql.list(
                connection,
                "SELECT CAST(substr(reference, CAST(? AS INTEGER)) AS INTEGER) FROM event WHERE reference > ? AND reference < ?"
                        + " ORDER BY reference",
                row -> row.getInt(1),
                (long) months.length() + 2,
                months + "/",
                months + "0")) {
            if (period > cardPeriod) {
                lapse(connection, member, entitlements, period, origin);
            }
        }
    }

    private void lapse(Connection connection, Member member, CardEntitlements entitlements, int period, Origin origin)
            throws SQLException {
        String card = Hash.hex(member.card());
        if (journal.posted(connection, "month-opened/" + card + "/" + period)) {
            Map<String, Long> amounts = Map.of("entitlement", entitlements.rightsCents(period));
            book(connection, "month-lapsed", card, period, amounts, origin);
        }
    }

    private void book(
            Connection connection, String event, String card, long of, Map<String, Long> amounts, Origin origin)
            throws SQLException {
        String reference = event + "/" + card + "/" + of;
        Map<String, String> thirds = Map.of("card", card);
        journal.post(
                connection,
                new Booking(event, reference, origin.day(), amounts, thirds, origin.source()),
                origin.nowMillis());
    }
}
