package etal.hub.members;

import etal.hub.books.Booking;
import etal.hub.books.Journal;
import etal.protocol.cose.Hash;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

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
        for (Member member : members) {
            int oldest = fund.period() - member.entitlement().catchUpMonths();
            for (int period = oldest; period < fund.period(); period++) {
                posted += member.entitlement().holdsIn(period) ? month(connection, member, period, day, nowMillis) : 0;
            }
            posted += month(connection, member, fund.period(), day, nowMillis);
        }
        return posted;
    }

    /** Posts a member's month as far as it is not posted yet, and says how many events were. */
    int month(Connection connection, Member member, int period, String day, long nowMillis) throws SQLException {
        int posted = 0;
        for (Booking booking : month(member, period, day)) {
            posted += journal.post(connection, booking, nowMillis) ? 1 : 0;
        }
        return posted;
    }

    private static List<Booking> month(Member member, int period, String day) {
        long own = Math.min(member.contributionCents(), member.rightsCents(period));
        long surplus = member.contributionCents() - own;
        return List.of(
                booking("contribution-called", member, period, day, Map.of("allocation", own, "surplus", surplus)),
                booking("contribution-paid", member, period, day, Map.of("paid", member.contributionCents())),
                booking("month-opened", member, period, day, Map.of("entitlement", member.rightsCents(period))));
    }

    private static Booking booking(String event, Member member, int period, String day, Map<String, Long> amounts) {
        String card = Hash.hex(member.card());
        Map<String, String> thirds = Map.of("household", member.household(), "card", card);
        return new Booking(event, event + "/" + card + "/" + period, day, amounts, thirds, null);
    }
}
