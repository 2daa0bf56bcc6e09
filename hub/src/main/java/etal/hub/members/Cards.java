package etal.hub.members;

import etal.hub.books.Sql;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.Entitlement;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.sync.DenyList;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The cards the fund has issued, each with its household. Stateless; within a transaction. */
public final class Cards {
    private static final String COLUMNS = "household, card, certificate, persons, contribution_cents, denied,"
            + " entitlement_cents, earnable_cents, keep_cents, point_of_sale, first_period, last_period, catch_up_months,"
            + " entitlement_version, replaces";

    private Cards() {}

    /** What speaks against entering these: a certificate that is not the card's, or other words than before. */
    public static List<String> complaints(
            Connection connection, List<Member> members, long fund, Map<Integer, byte[]> cardCaKeys)
            throws SQLException {
        List<String> complaints = new ArrayList<>();
        Map<String, Member> entered = byId(connection);
        Set<String> changed = CardEntitlements.changed(connection);
        for (Member member : members) {
            String id = Hash.hex(member.card());
            String card = "card " + id;
            if (!issued(member, fund, cardCaKeys)) {
                complaints.add(card + ": its certificate is not by the fund's card CA, one that is");
            }
            Member known = entered.get(id);
            if (known != null) {
                Entitlement newest =
                        CardEntitlements.of(connection, known, changed).newest();
                complaints.addAll(changes(known, newest, member, card));
            }
        }
        if (members.stream().filter(Member::denied).count() > DenyList.CARDS_MAX) {
            complaints.add("denied: more than " + DenyList.CARDS_MAX + " cards, fewer");
        }
        return complaints;
    }

    /** A card's entitlement changes with a higher version, and only so; what else is known of a card stays. */
    private static List<String> changes(Member known, Entitlement newest, Member member, String card) {
        Entitlement wanted = member.entitlement();
        boolean changes = wanted.version() > newest.version();
        List<String> complaints = new ArrayList<>();
        if (!same(known, member) || !changes && known.persons() != member.persons()) {
            complaints.add(card + ": other words than those it was entered with, the same");
        }
        if (!changes && !wanted.equals(newest)) {
            complaints.add(card + ": another entitlement under version " + wanted.version() + ", a version above "
                    + newest.version());
        }
        return complaints;
    }

    private static boolean issued(Member member, long fund, Map<Integer, byte[]> cardCaKeys) {
        try {
            CardCertificate certificate = CardCertificate.decode(member.certificate());
            byte[] caKey = cardCaKeys.get(certificate.caKey());
            return caKey != null
                    && certificate.fund() == fund
                    && Arrays.equals(certificate.cardId(), member.card())
                    && certificate.verify(caKey);
        } catch (Malformed e) {
            return false;
        }
    }

    /**
     * Enters cards that are not known yet, and of those that are what may change of them: whether they are denied, in whose
     * place they come, how many persons they are for. Entitlements change by vouchers.
     */
    public static void enter(Connection connection, List<Member> members) throws SQLException {
        Map<String, Member> entered = byId(connection);
        for (Member member : members) {
            Member known = entered.put(Hash.hex(member.card()), member);
            if (known == null) {
                insert(connection, member);
            } else if (differs(known, member)) {
                Sql.update(
                        connection,
                        "UPDATE card SET denied = ?, persons = ?, replaces = COALESCE(replaces, ?) WHERE card = ?",
                        member.denied() ? 1 : 0,
                        member.persons(),
                        member.replaced(),
                        member.card());
            }
        }
    }

    private static boolean differs(Member known, Member member) {
        return known.denied() != member.denied()
                || known.persons() != member.persons()
                || known.replaced() == null && member.replaced() != null;
    }

    /** All cards, by their id, hexadecimal. */
    public static Map<String, Member> byId(Connection connection) throws SQLException {
        Map<String, Member> cards = new TreeMap<>();
        all(connection).forEach(member -> cards.put(Hash.hex(member.card()), member));
        return cards;
    }

    /** The card of that id. */
    public static Optional<Member> find(Connection connection, byte[] card) throws SQLException {
        return Sql.first(connection, "SELECT " + COLUMNS + " FROM card WHERE card = ?", Cards::read, card);
    }

    /** All cards, by id. */
    public static List<Member> all(Connection connection) throws SQLException {
        return Sql.list(connection, "SELECT " + COLUMNS + " FROM card ORDER BY card", Cards::read);
    }

    /** The cards no stall may take any more, also those that the newest file does not name. */
    public static DenyList denied(Connection connection) throws SQLException {
        return DenyList.of(
                Sql.list(connection, "SELECT card FROM card WHERE denied = 1 ORDER BY card", row -> row.getBytes(1)));
    }

    private static void insert(Connection connection, Member member) throws SQLException {
        Entitlement entitlement = member.entitlement();
        Sql.update(
                connection,
                "INSERT INTO card (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                member.household(),
                member.card(),
                member.certificate(),
                member.persons(),
                member.contributionCents(),
                member.denied() ? 1 : 0,
                entitlement.amountCents(),
                entitlement.earnableCents(),
                entitlement.keepCents(),
                entitlement.pointOfSale(),
                entitlement.firstPeriod(),
                entitlement.lastPeriod(),
                entitlement.catchUpMonths(),
                entitlement.version(),
                member.replaced());
    }

    private static Member read(ResultSet row) throws SQLException {
        return new Member(
                row.getString(1),
                row.getBytes(2),
                row.getBytes(3),
                row.getInt(4),
                new Entitlement(
                        row.getLong(7),
                        row.getLong(8),
                        row.getLong(9),
                        row.getLong(10),
                        row.getInt(11),
                        row.getInt(12),
                        row.getInt(13),
                        row.getInt(14)),
                row.getLong(5),
                row.getBoolean(6),
                row.getBytes(15));
    }

    private static boolean same(Member known, Member other) {
        boolean inTheSamePlace = known.replaced() == null || Arrays.equals(known.replaced(), other.replaced());
        return known.household().equals(other.household())
                && Arrays.equals(known.certificate(), other.certificate())
                && known.contributionCents() == other.contributionCents()
                && inTheSamePlace;
    }
}
