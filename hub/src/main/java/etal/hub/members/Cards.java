package etal.hub.members;

import etal.hub.books.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The cards the fund has issued, each with its household. Stateless; within a transaction. */
public final class Cards {
    private static final String COLUMNS = "household, card, certificate, persons, entitlement_cents, first_period,"
            + " last_period, contribution_cents";

    private Cards() {}

    /**
     * Enters cards that are not known yet.
     *
     * @return cards known before under other words: they stay as they were
     */
    public static List<Member> enter(Connection connection, List<Member> members) throws SQLException {
        List<Member> changed = new java.util.ArrayList<>();
        for (Member member : members) {
            Optional<Member> known = find(connection, member.card());
            if (known.isEmpty()) {
                insert(connection, member);
            } else if (!same(known.get(), member)) {
                changed.add(member);
            }
        }
        return changed;
    }

    /** The card of that id. */
    public static Optional<Member> find(Connection connection, byte[] card) throws SQLException {
        return Sql.first(connection, "SELECT " + COLUMNS + " FROM card WHERE card = ?", Cards::read, card);
    }

    /** All cards, by id. */
    public static List<Member> all(Connection connection) throws SQLException {
        return Sql.list(connection, "SELECT " + COLUMNS + " FROM card ORDER BY card", Cards::read);
    }

    private static void insert(Connection connection, Member member) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO card (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                member.household(),
                member.card(),
                member.certificate(),
                member.persons(),
                member.entitlementCents(),
                member.firstPeriod(),
                member.lastPeriod(),
                member.contributionCents());
    }

    private static Member read(ResultSet row) throws SQLException {
        return new Member(
                row.getString(1),
                row.getBytes(2),
                row.getBytes(3),
                row.getInt(4),
                row.getLong(5),
                row.getInt(6),
                row.getInt(7),
                row.getLong(8));
    }

    private static boolean same(Member one, Member other) {
        return one.household().equals(other.household())
                && Arrays.equals(one.certificate(), other.certificate())
                && one.persons() == other.persons()
                && one.entitlementCents() == other.entitlementCents()
                && one.firstPeriod() == other.firstPeriod()
                && one.lastPeriod() == other.lastPeriod()
                && one.contributionCents() == other.contributionCents();
    }
}
