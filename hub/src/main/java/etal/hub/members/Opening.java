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
     * Posts what is not posted yet, in the order of the cards: run again, it changes nothing.
     *
     * @param day to which it is posted
     * @return how many events were posted now
     */
    public int post(Connection connection, Fund fund, List<Member> members, String day, long nowMillis)
            throws SQLException {
        int posted = 0;
        Booking paidIn = new Booking(
                "funders-paid", "funders-paid/opening", day, Map.of("paid", fund.fundersCents()), Map.of(), null);
        posted += journal.post(connection, paidIn, nowMillis) ? 1 : 0;
        for (Member member : members) {
            for (Booking booking : month(member, fund.period(), day)) {
                posted += journal.post(connection, booking, nowMillis) ? 1 : 0;
            }
        }
        return posted;
    }

    private static List<Booking> month(Member member, int period, String day) {
        long entitlement = member.entitledIn(period) ? member.entitlementCents() : 0;
        long own = Math.min(member.contributionCents(), entitlement);
        long surplus = member.contributionCents() - own;
        Map<String, String> thirds = Map.of("household", member.household(), "card", Hash.hex(member.card()));
        String key = Hash.hex(member.card()) + "/" + period;
        return List.of(
                new Booking(
                        "contribution-called",
                        "contribution-called/" + key,
                        day,
                        Map.of("allocation", own, "surplus", surplus),
                        thirds,
                        null),
                new Booking(
                        "contribution-paid",
                        "contribution-paid/" + key,
                        day,
                        Map.of("paid", member.contributionCents()),
                        thirds,
                        null),
                new Booking(
                        "month-opened", "month-opened/" + key, day, Map.of("entitlement", entitlement), thirds, null));
    }
}
