package etal.hub.members;

import etal.hub.books.Sql;
import etal.port.Database.Damaged;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Entitlement;
import etal.protocol.card.order.CardOrder;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one card may load, version by version: as it was personalised, then each that a SET voucher has given it. A
 * voucher reaches a card when it reaches it; the card's own record says when. As of one moment.
 */
public final class CardEntitlements {
    private final Connection connection;
    private final byte[] card;
    private final List<Version> issued;
    private final TreeMap<Long, Integer> taken;

    /**
     * One version.
     *
     * @param firstPeriod the first month that the books open by it
     */
    private record Version(Entitlement entitlement, int firstPeriod) {
        static Version read(byte[] bytes, int firstPeriod) throws SQLException {
            try {
                if (CardOrder.decode(bytes) instanceof CardOrder.Set set) {
                    return new Version(set.entitlement(), firstPeriod);
                }
            } catch (Malformed e) {
                throw new Damaged("an order does not read", e);
            }
            throw new Damaged("an order is of another kind");
        }
    }

    private CardEntitlements(Connection connection, byte[] card, List<Version> issued, TreeMap<Long, Integer> taken) {
        this.connection = connection;
        this.card = card;
        this.issued = issued;
        this.taken = taken;
    }

    /** The cards that a voucher has changed, hexadecimal: all others have what they were personalised with. */
    public static Set<String> changed(Connection connection) throws SQLException {
        return new TreeSet<>(Sql.list(
                connection,
                "SELECT DISTINCT card FROM card_order WHERE kind = 'SET' ORDER BY card",
                row -> Hash.hex(row.getBytes(1))));
    }

    /** Of that card; {@code changed} are those that {@link #changed(Connection)} has named in this transaction. */
    public static CardEntitlements of(Connection connection, Member member, Set<String> changed) throws SQLException {
        return changed.contains(Hash.hex(member.card()))
                ? of(connection, member)
                : new CardEntitlements(
                        connection, member.card(), List.of(new Version(member.entitlement(), 0)), new TreeMap<>());
    }

    /** Of that card. */
    public static CardEntitlements of(Connection connection, Member member) throws SQLException {
        List<Version> issued = new ArrayList<>();
        issued.add(new Version(member.entitlement(), 0));
        issued.addAll(Sql.list(
                connection,
                "SELECT bytes, first_period FROM card_order WHERE card = ? AND kind = 'SET' ORDER BY number",
                row -> Version.read(row.getBytes(1), row.getInt(2)),
                member.card()));
        TreeMap<Long, Integer> taken = new TreeMap<>();
        if (issued.size() > 1) {
            Sql.list(
                    connection,
                    "SELECT counter, bytes FROM card_record WHERE card = ? AND tag = 'SET' ORDER BY counter",
                    row -> taken.put(row.getLong(1), version(row.getBytes(2))),
                    member.card());
        }
        return new CardEntitlements(connection, member.card(), issued, taken);
    }

    /** The same once that record is in store as well. */
    public CardEntitlements with(CardRecord record) {
        if (record.tag() != CardRecord.Tag.SET) {
            return this;
        }
        TreeMap<Long, Integer> more = new TreeMap<>(taken);
        more.put(record.counter(), (int) record.sale());
        return new CardEntitlements(connection, card, issued, more);
    }

    private static int version(byte[] bytes) throws SQLException {
        try {
            return (int) CardRecord.decode(bytes).sale();
        } catch (Malformed e) {
            throw new Damaged("a card record does not read", e);
        }
    }

    /** Whether no voucher has ever changed it. */
    public boolean single() {
        return issued.size() == 1;
    }

    /** The one issued last. */
    public Entitlement newest() {
        return issued.getLast().entitlement();
    }

    /** The one by which the books open that month, whatever the card has heard of. */
    public Entitlement opening(int period) {
        return issued.stream()
                .filter(version -> version.firstPeriod() <= period)
                .reduce((older, newer) -> newer)
                .orElse(issued.getFirst())
                .entitlement();
    }

    /** What the household's rights of that month are. */
    public long rightsCents(int period) {
        Entitlement entitlement = opening(period);
        return entitlement.holdsIn(period) ? entitlement.amountCents() : 0;
    }

    /** The first month that any version names. */
    public int firstPeriod() {
        return issued.stream()
                .mapToInt(version -> version.entitlement().firstPeriod())
                .min()
                .orElse(0);
    }

    /**
     * Those that the card may have had just before its record of that counter: one where all records since a known
     * voucher, or since the first, have come.
     *
     * @param coming a record that is about to be stored, or {@code counter} itself
     */
    public List<Entitlement> possible(long counter, long coming) throws SQLException {
        if (single()) {
            return List.of(newest());
        }
        Map.Entry<Long, Integer> before = taken.lowerEntry(counter);
        Map.Entry<Long, Integer> after = taken.higherEntry(counter);
        long since = before == null ? 0 : before.getKey();
        int least = before == null ? issued.getFirst().entitlement().version() : before.getValue();
        int below = after == null ? Integer.MAX_VALUE : after.getValue();
        boolean one = known(since, counter, coming);
        return issued.stream()
                .map(Version::entitlement)
                .filter(each -> each.version() >= least && each.version() < (one ? least + 1 : below))
                .toList();
    }

    /** The points of sale at which alone the card may have paid with its record of that counter; 0: everywhere. */
    public List<Long> places(long counter) throws SQLException {
        return possible(counter, counter).stream()
                .map(Entitlement::pointOfSale)
                .distinct()
                .toList();
    }

    private boolean known(long since, long until, long coming) throws SQLException {
        long between = Sql.number(
                connection,
                "SELECT COUNT(*) FROM card_record WHERE card = ? AND counter > ? AND counter < ? AND counter <> ?",
                card,
                since,
                until,
                coming);
        return between + (coming > since && coming < until ? 1 : 0) == until - since - 1;
    }
}
