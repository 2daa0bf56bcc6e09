package etal.hub.orders;

import etal.hub.books.Journal;
import etal.hub.books.Sql;
import etal.hub.members.CardEntitlements;
import etal.hub.members.Cards;
import etal.hub.members.Member;
import etal.port.Database.Damaged;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Period;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the list of members asks of cards already in use: another entitlement by a SET voucher, the end of a denied card by
 * a block order, and which card comes in whose place. Used from the loop only, within a transaction.
 */
public final class MemberOrders {
    private final OrderBook book;
    private final Journal journal;
    private final ZoneId zone;

    /** Orders into that book; days are of that zone. */
    public MemberOrders(OrderBook book, Journal journal, ZoneId zone) {
        this.book = book;
        this.journal = journal;
        this.zone = zone;
    }

    /**
     * Issues what the members' list asks for and was not issued yet. Cards that are not entered yet need nothing; one that would
     * get more waits until the other cards of its household have taken their cuts.
     *
     * @return whether one waits
     */
    public boolean issue(Connection connection, List<Member> members, int period, long nowMillis) throws SQLException {
        boolean waiting = false;
        Map<String, Member> entered = Cards.byId(connection);
        Set<String> changed = CardEntitlements.changed(connection);
        for (Member member : members) {
            Member known = entered.get(Hash.hex(member.card()));
            if (known == null) {
                continue;
            }
            CardEntitlements entitlements = CardEntitlements.of(connection, known, changed);
            boolean changes =
                    member.entitlement().version() > entitlements.newest().version();
            if (changes && waits(connection, members, member, period)) {
                waiting = true;
            } else if (changes) {
                int first = opened(connection, member, period) ? period + 1 : period;
                book.set(connection, member.card(), member.entitlement(), first, nowMillis);
            }
        }
        return waiting;
    }

    /** Issues a block order to each denied card that has none yet. */
    public void block(Connection connection, long nowMillis) throws SQLException {
        for (byte[] card : Cards.denied(connection).cards()) {
            book.block(connection, card, nowMillis);
        }
    }

    private boolean waits(Connection connection, List<Member> members, Member member, int period) throws SQLException {
        return new HouseholdChanges(connection, members, period, zone)
                .waiting(member.household())
                .contains(Hash.hex(member.card()));
    }

    private boolean opened(Connection connection, Member member, int period) throws SQLException {
        String month = "/" + Hash.hex(member.card()) + "/" + period;
        return journal.posted(connection, "month-opened" + month)
                || journal.posted(connection, "contribution-called" + month);
    }

    /** What speaks against cards coming in others' places as the list says, and against a blocked card being taken again. */
    public List<String> complaints(Connection connection, List<Member> members, long nowMillis) throws SQLException {
        TreeMap<String, Member> listed = new TreeMap<>();
        members.forEach(member -> listed.put(Hash.hex(member.card()), member));
        TreeMap<String, String> places = places(connection);
        Set<String> blocked = blocked(connection);
        List<String> complaints = new ArrayList<>();
        for (Member member : members) {
            String card = Hash.hex(member.card());
            if (!member.denied() && blocked.contains(card)) {
                complaints.add("card " + card + ": denied: false, true: it is blocked for good");
            }
            if (member.replaces().isPresent()) {
                String old = Hash.hex(member.replaces().get());
                String other = places.put(old, card);
                if (other != null && !other.equals(card)) {
                    complaints.add("card " + card + ": replaces: " + old + ", a card that " + other
                            + " does not replace already");
                } else if (other == null) {
                    complaints.addAll(comesInPlace(connection, member, listed.get(old), nowMillis));
                }
            }
        }
        return complaints;
    }

    private List<String> comesInPlace(Connection connection, Member member, @Nullable Member listed, long nowMillis)
            throws SQLException {
        byte[] old = member.replaces().orElseThrow();
        String at = "card " + Hash.hex(member.card()) + ": ";
        Optional<Member> known = Cards.find(connection, old);
        Optional<Member> replaced = Optional.ofNullable(listed).or(() -> known);
        if (replaced.isEmpty() || !replaced.get().denied() || Arrays.equals(old, member.card())) {
            return List.of(at + "replaces: " + Hash.hex(old) + ", another card of the fund that is denied");
        }
        int from = from(connection, replaced.get(), nowMillis);
        return member.entitlement().firstPeriod() >= from
                ? List.of()
                : List.of(at + "firstPeriod: " + member.entitlement().firstPeriod() + ", " + from
                        + " or later: the card that it replaces may have loaded until then");
    }

    /**
     * The first month that the card in its place may load: by the old one's last record that of which it has loaded nothing;
     * before that has come, never the month of the loss. What a stall that hears nothing may still let it load after that is
     * the fund's risk, see {@link OpenOrder}.
     */
    private int from(Connection connection, Member old, long nowMillis) throws SQLException {
        Optional<CardRecord> last = last(connection, old.card());
        if (last.isPresent()) {
            return last.get().period() + 1;
        }
        long deniedMillis = book.find(connection, "denied/" + Hash.hex(old.card()))
                .map(IssuedOrder::issuedMillis)
                .orElse(nowMillis);
        return 1 + Period.of(Instant.ofEpochMilli(deniedMillis).atZone(zone).toLocalDate());
    }

    private static Optional<CardRecord> last(Connection connection, byte[] card) throws SQLException {
        Optional<byte[]> bytes = Sql.first(
                connection,
                "SELECT bytes FROM card_record WHERE card = ? AND tag = 'BLOCKED'",
                row -> row.getBytes(1),
                card);
        try {
            return bytes.isEmpty() ? Optional.empty() : Optional.of(CardRecord.decode(bytes.get()));
        } catch (Malformed e) {
            throw new Damaged("a card record does not read", e);
        }
    }

    private static Set<String> blocked(Connection connection) throws SQLException {
        return new TreeSet<>(Sql.list(
                connection,
                "SELECT DISTINCT card FROM card_record WHERE tag = 'BLOCKED' ORDER BY card",
                row -> Hash.hex(row.getBytes(1))));
    }

    private static TreeMap<String, String> places(Connection connection) throws SQLException {
        TreeMap<String, String> places = new TreeMap<>();
        Sql.list(
                connection,
                "SELECT replaces, card FROM card WHERE replaces IS NOT NULL ORDER BY card",
                row -> places.put(Hash.hex(row.getBytes(1)), Hash.hex(row.getBytes(2))));
        return places;
    }
}
