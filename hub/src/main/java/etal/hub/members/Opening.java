package etal.hub.members;

import etal.hub.books.Booking;
import etal.hub.books.Journal;
import etal.hub.books.Sql;
import etal.protocol.card.CardRecord;
import etal.protocol.cose.Hash;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The first postings of a month: what funders and members have paid in, and what each card may load. */
public final class Opening {
    private final Journal journal;

    /** An opening that posts to that journal. */
    public Opening(Journal journal) {
        this.journal = journal;
    }

    /**
     * Posts what is not posted yet, in the order of the cards: the fund's month, and the months before it that a card may
     * still catch up. Run again, it changes nothing.
     *
     * @param day to which it is posted
     * @return how many events were posted now
     */
    public int post(Connection connection, Fund fund, List<Member> members, String day, long nowMillis)
            throws SQLException {
        Booking paidIn = new Booking(
                "funders-paid", "funders-paid/opening", day, Map.of("paid", fund.fundersCents()), Map.of(), null);
        int posted = journal.post(connection, paidIn, nowMillis) ? 1 : 0;
        Set<String> blocked = blocked(connection);
        Set<String> changed = CardEntitlements.changed(connection);
        for (Member member : members) {
            if (!blocked.contains(Hash.hex(member.card()))) {
                CardEntitlements entitlements = CardEntitlements.of(connection, member, changed);
                posted += months(connection, fund, member, entitlements, day, nowMillis);
            }
        }
        return posted;
    }

    private int months(
            Connection connection, Fund fund, Member member, CardEntitlements entitlements, String day, long nowMillis)
            throws SQLException {
        int posted = 0;
        int oldest = fund.period() - entitlements.opening(fund.period()).catchUpMonths();
        for (int period = oldest; period < fund.period(); period++) {
            posted += entitlements.opening(period).holdsIn(period)
                    ? month(connection, member, entitlements, period, day, nowMillis)
                    : 0;
        }
        // Until it begins, the card in whose place it comes stands for the household.
        boolean waits = member.replaces().isPresent() && fund.period() < entitlements.firstPeriod();
        return posted + (waits ? 0 : month(connection, member, entitlements, fund.period(), day, nowMillis));
    }

    /** The cards, hexadecimal, that have signed their last record: they load no month any more. */
    private static Set<String> blocked(Connection connection) throws SQLException {
        return new TreeSet<>(Sql.list(
                connection,
                "SELECT DISTINCT card FROM card_record WHERE tag = 'BLOCKED' ORDER BY card",
                row -> Hash.hex(row.getBytes(1))));
    }

    /**
     * Posts a month that a restored hub had opened and forgotten, for the cards that were entitled then. It is known again by a
     * load alone: of a month that no card has loaded the operator has to say that it was opened.
     *
     * @param beginMillis when the month began, milliseconds since 1970: a card blocked before had none
     */
    public void forgotten(Connection connection, int period, long beginMillis, Loads loads, Loads.Origin origin)
            throws SQLException {
        for (Member member : Cards.all(connection)) {
            Optional<CardRecord> last = last(connection, member);
            CardEntitlements entitlements = CardEntitlements.of(connection, member);
            boolean open = last.isEmpty() || last.get().timeSeconds() * 1_000 >= beginMillis;
            if (open && entitlements.firstPeriod() <= period) {
                month(connection, member, entitlements, period, origin.day(), origin.nowMillis());
                loads.lapseSkipped(connection, member, entitlements, origin);
                if (last.isPresent()) {
                    loads.lapseAll(connection, member, entitlements, last.get().period(), origin);
                }
            }
        }
    }

    private static Optional<CardRecord> last(Connection connection, Member member) throws SQLException {
        return Sql.first(
                connection,
                "SELECT bytes FROM card_record WHERE card = ? AND tag = 'BLOCKED'",
                row -> LoadsOfCard.stored(row.getBytes(1)),
                member.card());
    }

    /** Posts a member's month as far as it is not posted yet, and says how many events were. */
    int month(
            Connection connection, Member member, CardEntitlements entitlements, int period, String day, long nowMillis)
            throws SQLException {
        int posted = 0;
        for (Booking booking : month(member, entitlements.rightsCents(period), period, day)) {
            posted += journal.post(connection, booking, nowMillis) ? 1 : 0;
        }
        return posted;
    }

    private static List<Booking> month(Member member, long rightsCents, int period, String day) {
        long own = Math.min(member.contributionCents(), rightsCents);
        long surplus = member.contributionCents() - own;
        return List.of(
                booking("contribution-called", member, period, day, Map.of("allocation", own, "surplus", surplus)),
                booking("contribution-paid", member, period, day, Map.of("paid", member.contributionCents())),
                booking("month-opened", member, period, day, Map.of("entitlement", rightsCents)));
    }

    private static Booking booking(String event, Member member, int period, String day, Map<String, Long> amounts) {
        String card = Hash.hex(member.card());
        Map<String, String> thirds = Map.of("household", member.household(), "card", card);
        return new Booking(event, event + "/" + card + "/" + period, day, amounts, thirds, null);
    }
}
