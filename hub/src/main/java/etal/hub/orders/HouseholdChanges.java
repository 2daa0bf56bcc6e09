package etal.hub.orders;

import etal.hub.books.Sql;
import etal.hub.members.CardEntitlements;
import etal.hub.members.Cards;
import etal.hub.members.Member;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Period;
import etal.protocol.cose.Hash;
import etal.protocol.grant.Held;
import etal.protocol.grant.Issuing;
import etal.protocol.grant.MonthOpening;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * Which cards of a household may be given what the members' list wants of them now, and which wait: at no moment may its
 * cards together load more for a month than the list says, whichever vouchers have reached which card. Within a transaction.
 */
final class HouseholdChanges {
    private final Connection connection;
    private final List<Member> listed;
    private final int period;
    private final ZoneId zone;

    /** With that list of members, in the fund's month {@code period}; days are of that zone. */
    HouseholdChanges(Connection connection, List<Member> listed, int period, ZoneId zone) {
        this.zone = zone;
        this.connection = connection;
        this.listed = List.copyOf(listed);
        this.period = period;
    }

    /** The cards of that household that wait for a cut of another one to be taken, in hexadecimal. */
    TreeSet<String> waiting(String household) throws SQLException {
        Map<String, Held> states = new LinkedHashMap<>();
        Map<String, Entitlement> wanted = new LinkedHashMap<>();
        for (byte[] id : Sql.list(
                connection,
                "SELECT card FROM card AS c WHERE household = ? AND NOT EXISTS (SELECT 1 FROM card_record AS r WHERE"
                        + " r.card = c.card AND r.tag = 'BLOCKED') ORDER BY card",
                row -> row.getBytes(1),
                household)) {
            Member known = Cards.find(connection, id).orElseThrow();
            CardEntitlements entitlements = CardEntitlements.of(connection, known);
            OptionalInt denied = known.denied() ? OptionalInt.of(deniedIn(id)) : OptionalInt.empty();
            states.put(Hash.hex(id), new Held(entitlements.possible(Long.MAX_VALUE, 0), denied));
            if (!known.denied()) {
                wanted.put(Hash.hex(id), entitlements.newest());
            }
        }
        for (Member member : listed) {
            if (member.household().equals(household) && !member.denied()) {
                wanted.put(Hash.hex(member.card()), member.entitlement());
            }
        }
        List<MonthOpening.OfCard> cards = new ArrayList<>();
        wanted.forEach((card, entitlement) -> cards.add(new MonthOpening.OfCard(card, entitlement)));
        TreeSet<String> waiting = new TreeSet<>();
        for (Issuing.Change change : Issuing.changes(cards, states, period)) {
            if (!change.issuable()) {
                waiting.add(change.card());
            }
        }
        return waiting;
    }

    /** The month in which a card was denied: in that one it may still load, see {@link MemberOrders}. */
    private int deniedIn(byte[] card) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT issued_millis FROM card_order WHERE card = ? AND kind = 'BLOCK'",
                        row -> Period.of(Instant.ofEpochMilli(row.getLong(1))
                                .atZone(zone)
                                .toLocalDate()),
                        card)
                .orElse(period);
    }
}
