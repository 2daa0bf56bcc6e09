package etal.hub.members;

import etal.hub.books.Booking;
import etal.hub.books.Booking.Source;
import etal.hub.books.CardBookings;
import etal.hub.books.Journal;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Entitlement;
import etal.protocol.card.MonthLoad;
import etal.protocol.cose.Hash;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

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
     * Whether the card's entitlement gives this load.
     *
     * @param cardPeriod the card's month before it, as far as it is known: it was this or a later one; 0 for nothing known
     * @param exact whether it was this very month, so that only one number of months fits
     */
    public static boolean due(Member member, CardRecord load, int cardPeriod, boolean exact) {
        int most = MonthLoad.monthsDue(member.entitlement(), cardPeriod, load.period());
        if (!load.before().fitsCard()) {
            return false;
        }
        for (int months = exact ? Math.max(1, most) : 1; months <= most; months++) {
            boolean fits = MonthLoad.ofMonths(member.entitlement(), load.before(), months)
                    .filter(one -> one.deltas().equals(load.deltas()))
                    .isPresent();
            if (fits) {
                return true;
            }
        }
        return false;
    }

    /** What of the old allocation was lost at a load. */
    public static long expiredCents(Member member, CardRecord load) {
        return Math.max(0, load.before().allocation() - member.entitlement().keepCents());
    }

    /** What a load brought. */
    public static long loadedCents(Member member, CardRecord load) {
        return load.deltas().allocation() + expiredCents(member, load);
    }

    /** The first of the months that a load brought; its own is the last. Without an amount there is nothing to tell by. */
    public static int firstMonth(Member member, CardRecord load) {
        long amountCents = member.entitlement().amountCents();
        long months = amountCents == 0 ? 1 : loadedCents(member, load) / amountCents;
        return load.period() - (int) months + 1;
    }

    /** Posts a load, and before it the months it brought as far as they were never opened: rows 2, 3, 9a and 9c. */
    public void post(Connection connection, Member member, CardRecord load, Origin origin) throws SQLException {
        for (int period = firstMonth(member, load); period <= load.period(); period++) {
            opening.month(connection, member, period, origin.day(), origin.nowMillis());
        }
        Booking loaded = new Booking(
                "card-loaded",
                CardBookings.reference("card-loaded", member.card(), load.counter()),
                origin.day(),
                Map.of("allocation", loadedCents(member, load), "expired", expiredCents(member, load)),
                Map.of("card", Hash.hex(member.card())),
                origin.source());
        journal.post(connection, loaded, origin.nowMillis());
    }

    /**
     * Posts the months that a card has skipped for good, as far as they were opened: row 9c, straight from the rights.
     *
     * @param cardPeriod the card's month before the load
     */
    public void lapse(Connection connection, Member member, int cardPeriod, CardRecord load, Origin origin)
            throws SQLException {
        Entitlement entitlement = member.entitlement();
        String card = Hash.hex(member.card());
        int first = MonthLoad.lastSettled(entitlement, cardPeriod) + 1;
        for (int period = first; period < firstMonth(member, load); period++) {
            if (journal.posted(connection, "month-opened/" + card + "/" + period)) {
                Booking lapsed = new Booking(
                        "month-lapsed",
                        "month-lapsed/" + card + "/" + period,
                        origin.day(),
                        Map.of("entitlement", entitlement.amountCents()),
                        Map.of("card", card),
                        origin.source());
                journal.post(connection, lapsed, origin.nowMillis());
            }
        }
    }
}
