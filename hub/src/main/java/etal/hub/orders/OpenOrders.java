package etal.hub.orders;

import etal.hub.books.Sql;
import etal.hub.members.CardEntitlements;
import etal.hub.members.Cards;
import etal.hub.members.Member;
import etal.protocol.card.CardRecord;
import etal.protocol.card.order.CardOrder;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.grant.Held;
import etal.protocol.grant.LostCard;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What waits for cards, with its age, and what a lost card may still cost. Within a transaction. */
final class OpenOrders {
    private final Connection connection;
    private final ZoneId zone;
    private final int offlineDaysMost;

    OpenOrders(Connection connection, ZoneId zone, int offlineDaysMost) {
        this.connection = connection;
        this.zone = zone;
        this.offlineDaysMost = offlineDaysMost;
    }

    /** Oldest first; without what another order has taken the place of. */
    List<OpenOrder> all(long nowMillis) throws SQLException {
        List<OpenOrder> open = new ArrayList<>();
        for (Optional<Waiting> each : Sql.list(
                connection,
                "SELECT bytes, why, issued_millis FROM card_order AS o WHERE taken IS NULL"
                        + " AND NOT (kind = 'SET' AND EXISTS (SELECT 1 FROM card_order AS s WHERE s.card = o.card AND"
                        + " (s.kind = 'SET' AND s.number > o.number OR s.kind = 'BLOCK' AND s.taken IS NOT NULL)))"
                        + " AND NOT (kind = 'BLOCK' AND NOT EXISTS (SELECT 1 FROM card AS c WHERE c.card = o.card AND"
                        + " c.denied = 1))"
                        + " AND NOT EXISTS (SELECT 1 FROM card_order AS m WHERE"
                        + " m.why = 'moved/' || lower(hex(o.card)) || '/' || o.number) ORDER BY id",
                Waiting::read)) {
            if (each.isEmpty()) {
                continue;
            }
            LocalDate day = day(each.get().issuedMillis());
            CardOrder order = each.get().order();
            open.add(new OpenOrder(
                    Hash.hex(order.head().cardId()),
                    IssuedOrder.kind(order),
                    order.recordNumber(),
                    each.get().why(),
                    day.toString(),
                    ChronoUnit.DAYS.between(day, day(nowMillis)),
                    order instanceof CardOrder.Block ? riskCents(order.head().cardId(), day) : 0));
        }
        return open;
    }

    private record Waiting(CardOrder order, String why, long issuedMillis) {
        /** One that is damaged is named by the comparison with the books, and not listed. */
        static Optional<Waiting> read(ResultSet row) throws SQLException {
            try {
                return Optional.of(new Waiting(CardOrder.decode(row.getBytes(1)), row.getString(2), row.getLong(3)));
            } catch (Malformed e) {
                return Optional.empty();
            }
        }
    }

    private long riskCents(byte[] card, LocalDate denied) throws SQLException {
        Optional<Member> member = Cards.find(connection, card);
        if (member.isEmpty()) {
            return 0;
        }
        CardEntitlements entitlements = CardEntitlements.of(connection, member.get());
        Held held = new Held(entitlements.possible(Long.MAX_VALUE, 0), OptionalInt.empty());
        CardRecord seen = Sql.first(
                        connection,
                        "SELECT bytes FROM card_record WHERE card = ? ORDER BY counter DESC LIMIT 1",
                        row -> record(row.getBytes(1)),
                        card)
                .orElse(CardRecord.first(0));
        return LostCard.of(held, seen.after(), seen.period(), denied, offlineDaysMost)
                .riskCents();
    }

    private static CardRecord record(byte[] bytes) {
        try {
            return CardRecord.decode(bytes);
        } catch (Malformed e) {
            // The check of the store names it; here it counts as not seen.
            return CardRecord.first(0);
        }
    }

    private LocalDate day(long millis) {
        return Instant.ofEpochMilli(millis).atZone(zone).toLocalDate();
    }
}
