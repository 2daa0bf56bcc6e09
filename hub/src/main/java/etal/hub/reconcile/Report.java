package etal.hub.reconcile;

import etal.hub.books.Sql;
import etal.hub.members.Fund;
import etal.hub.members.PointOfSale;
import etal.hub.reconcile.Reconciliation.InDoubt;
import etal.hub.reconcile.Reconciliation.RulesUsed;
import etal.hub.reconcile.Reconciliation.TerminalDay;
import etal.hub.reconcile.Sources.Key;
import etal.hub.reconcile.Sources.PriceSeen;
import etal.hub.reconcile.Sources.SaleSeen;
import etal.protocol.card.CardRecord;
import etal.protocol.cose.Hash;
import etal.protocol.sync.Document;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** The lists of the evening: what was expected and came, and what nobody has decided yet. Within a transaction. */
final class Report {
    /** Nobody walks from one stall to another and is served there in less. */
    private static final long ELSEWHERE_SECONDS_MIN = 20;

    private Report() {}

    /** Each expected terminal with its newest ledger. */
    static List<TerminalDay> terminals(Connection connection, Fund fund, String day) throws SQLException {
        TreeSet<Long> expected = new TreeSet<>();
        fund.pointsOfSale().stream().map(PointOfSale::terminal).forEach(expected::add);
        List<TerminalDay> terminals = new ArrayList<>();
        for (long terminal : expected) {
            terminals.add(Sql.first(
                            connection,
                            "SELECT epoch, number, head, (SELECT MAX(c.number) FROM checkpoint AS c WHERE"
                                    + " c.terminal = l.terminal AND c.epoch = l.epoch), (SELECT COUNT(*) FROM closing AS d"
                                    + " WHERE d.terminal = l.terminal AND d.period = 1 AND d.day = ?)"
                                    + " FROM ledger AS l WHERE terminal = ? ORDER BY epoch DESC",
                            row -> new TerminalDay(
                                    terminal,
                                    "t" + terminal + "-e" + row.getLong(1),
                                    row.getLong(2),
                                    Hash.hex(row.getBytes(3)),
                                    row.getLong(4),
                                    row.getLong(5) > 0),
                            day,
                            terminal)
                    .orElse(new TerminalDay(terminal, "", 0, "", 0, false)));
        }
        return terminals;
    }

    /** Sales whose cancellation is in doubt, below zero, until it is entered, given up, tried again or settled from suspense. */
    private static final String CANCELS_IN_DOUBT =
            "SELECT terminal, epoch, sale, day, card, counter, -allocation - earnable - bonus,"
                    + " EXISTS (SELECT 1 FROM card_record AS r WHERE r.card = d.card AND r.counter = d.counter)"
                    + " FROM doubt AS d WHERE cancelling = 1 AND NOT EXISTS (SELECT 1 FROM cancellation AS c"
                    + " WHERE c.terminal = d.terminal AND c.epoch = d.epoch AND c.sale = d.sale) AND NOT EXISTS"
                    + " (SELECT 1 FROM abandoned AS a WHERE a.cancelling = 1 AND a.terminal = d.terminal"
                    + " AND a.epoch = d.epoch AND a.sale = d.sale AND a.number > d.number) AND NOT EXISTS"
                    + " (SELECT 1 FROM doubt AS o WHERE o.cancelling = 1 AND o.terminal = d.terminal"
                    + " AND o.epoch = d.epoch AND o.sale = d.sale AND o.number > d.number) AND NOT EXISTS"
                    + " (SELECT 1 FROM event AS e WHERE e.reference IN ('orphan-cancel-charged/' || lower(hex(d.card))"
                    + " || '/' || d.counter, 'orphan-cancel-borne/' || lower(hex(d.card)) || '/' || d.counter))";

    /** Open questions of stalls: those that neither a sale, nor a refund, nor the stall itself has answered. */
    static List<InDoubt> inDoubt(Connection connection) throws SQLException {
        return Sql.list(
                connection,
                "SELECT terminal, epoch, sale, day, card, counter, -allocation - earnable - bonus,"
                        + " EXISTS (SELECT 1 FROM card_record AS r WHERE r.card = d.card AND r.counter = d.counter)"
                        + " FROM doubt AS d WHERE cancelling = 0 AND NOT EXISTS (SELECT 1 FROM sale AS s WHERE s.terminal = d.terminal"
                        + " AND s.epoch = d.epoch AND s.sale = d.sale) AND NOT EXISTS (SELECT 1 FROM abandoned AS a"
                        + " WHERE a.terminal = d.terminal AND a.epoch = d.epoch AND a.sale = d.sale AND a.number > d.number)"
                        + " AND NOT EXISTS (SELECT 1 FROM refund_request AS f WHERE f.terminal = d.terminal"
                        + " AND f.epoch = d.epoch AND f.sale = d.sale) AND NOT EXISTS (SELECT 1 FROM doubt AS o"
                        + " WHERE o.terminal = d.terminal AND o.epoch = d.epoch AND o.sale = d.sale"
                        + " AND o.number > d.number) UNION ALL " + CANCELS_IN_DOUBT + " ORDER BY 1, 2, 3",
                row -> new InDoubt(
                        "t" + row.getLong(1) + "-e" + row.getLong(2),
                        row.getLong(3),
                        row.getString(4),
                        Hash.hex(row.getBytes(5)),
                        row.getLong(6),
                        row.getLong(7),
                        row.getInt(8) != 0 ? "the card has moved on: see suspense" : "waits for the card"));
    }

    /** Under which rules the day's sales were made. */
    static List<RulesUsed> rules(Sources sources, String day) {
        TreeMap<String, TreeMap<Long, Long>> counts = new TreeMap<>();
        for (SaleSeen sale : sources.sales()) {
            if (sale.day().equals(day)) {
                counts.computeIfAbsent(sale.scheme().id(), id -> new TreeMap<>())
                        .merge(sale.scheme().version(), 1L, Long::sum);
            }
        }
        List<RulesUsed> used = new ArrayList<>();
        counts.forEach(
                (id, versions) -> versions.forEach((version, count) -> used.add(new RulesUsed(id, version, count))));
        return used;
    }

    /** Epochs of one terminal that have both sold on a day, and entries of an earlier one that have not come. */
    static List<String> epochs(Connection connection, String day) throws SQLException {
        List<String> oddities = new ArrayList<>(Sql.list(
                connection,
                "SELECT o.terminal, o.epoch, g.epoch, COUNT(*) FROM entry AS g JOIN entry AS o ON o.terminal = g.terminal"
                        + " AND o.epoch < g.epoch AND o.time_millis > g.time_millis AND o.day = ?"
                        + " WHERE g.number = 1 AND g.epoch > 1 GROUP BY o.terminal, o.epoch, g.epoch"
                        + " ORDER BY o.terminal, o.epoch, g.epoch",
                row -> "t" + row.getLong(1) + "-e" + row.getLong(2) + ": " + row.getLong(4) + " entries of " + day
                        + " after epoch " + row.getLong(3) + " had begun: two terminals live under one number",
                day));
        oddities.addAll(Sql.list(
                connection,
                "SELECT s.terminal, s.before_epoch, COALESCE(l.number, 0), s.before_number FROM succession AS s"
                        + " LEFT JOIN ledger AS l ON l.terminal = s.terminal AND l.epoch = s.before_epoch"
                        + " WHERE COALESCE(l.number, 0) < s.before_number ORDER BY s.terminal, s.before_epoch, s.epoch",
                row -> "t" + row.getLong(1) + "-e" + row.getLong(2) + ": entries " + (row.getLong(3) + 1) + " to "
                        + row.getLong(4) + " are known of, and have not come: they may be on its second medium"));
        return oddities;
    }

    /**
     * Vouchers that a restored hub had forgotten and of which it knows nothing but that a card has taken them: of the day on which
     * they were taken, and of that on which they were booked.
     */
    static List<String> recognised(Connection connection, String day, ZoneId zone) throws SQLException {
        LocalDate date = LocalDate.parse(day);
        return Sql.list(
                connection,
                "SELECT lower(hex(o.card)), o.number, o.taken, SUM(p.credit_cents) - SUM(p.debit_cents) FROM card_order AS o"
                        + " JOIN event AS e ON e.reference = 'correction-loaded/' || lower(hex(o.card)) || '/' || o.taken"
                        + " JOIN posting AS p ON p.event = e.id AND p.account LIKE '4672%'"
                        + " WHERE o.recognised = 1 AND o.why LIKE 'correction/%'"
                        + " AND (e.day = ? OR e.booked_millis >= ? AND e.booked_millis < ?)"
                        + " GROUP BY o.card, o.number, o.taken ORDER BY o.card, o.number",
                row -> "card " + row.getString(1) + ": record " + row.getLong(3) + " took voucher " + row.getLong(2)
                        + " of " + row.getLong(4) + ", which the hub had forgotten: it counts as a correction",
                day,
                date.atStartOfDay(zone).toInstant().toEpochMilli(),
                date.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli());
    }

    /** Terminals of which more came than is kept of what failed. */
    static List<String> leftOut(Connection connection) throws SQLException {
        return Sql.list(
                connection,
                "SELECT terminal, place, left_out, left_out_bytes FROM kept WHERE left_out > 0 ORDER BY terminal, place",
                row -> (row.getLong(1) == 0 ? "senders unknown" : "terminal " + row.getLong(1)) + ": the "
                        + (row.getString(2).equals("fork") ? "room beside its ledger" : "quarantine") + " is full, "
                        + row.getLong(3) + " times something of together " + row.getLong(4) + " bytes was left out");
    }

    /** Records that lie between known ones and have not come: money has moved unseen. */
    static List<String> missingRecords(Sources sources) {
        List<String> missing = new ArrayList<>();
        Key before = new Key("", 0);
        CardRecord last = CardRecord.first(0);
        for (var each : sources.records().entrySet()) {
            Key key = each.getKey();
            boolean sameCard = key.card().equals(before.card());
            long next = sameCard ? before.counter() + 1 : 1;
            CardRecord earlier = sameCard ? last : CardRecord.first(0);
            if (key.counter() > next) {
                missing.add("card " + key.card() + ": records " + next + " to " + (key.counter() - 1)
                        + " have not come; its balance went from "
                        + earlier.after().allocation() + " to "
                        + each.getValue().before().allocation());
            }
            before = key;
            last = each.getValue();
        }
        return missing;
    }

    /** What is no difference and still worth a look. */
    static List<String> oddities(Sources sources, String day) {
        List<String> oddities = new ArrayList<>();
        TreeMap<String, CardRecord> last = new TreeMap<>();
        TreeSet<String> numbers = new TreeSet<>();
        for (SaleSeen sale : sources.sales()) {
            String name = sale.ledger() + " sale " + sale.sale();
            if (!numbers.add(name)) {
                oddities.add(name + ": the number came twice");
            }
            if (sale.day().equals(day) && !sale.trusted()) {
                oddities.add(name + ": its time is not vouched for");
            }
            boolean ofToday = sale.day().equals(day) || sale.receivedDay().equals(day);
            if (ofToday && sale.day().compareTo(sale.receivedDay()) > 0) {
                oddities.add(name + ": dated " + sale.day() + ", and came on " + sale.receivedDay());
            }
        }
        sources.records().forEach((key, record) -> {
            CardRecord earlier = last.put(key.card(), record);
            if (earlier != null
                    && earlier.terminal() != record.terminal()
                    && record.tag() == CardRecord.Tag.DEBIT
                    && Math.abs(record.timeSeconds() - earlier.timeSeconds()) < ELSEWHERE_SECONDS_MIN) {
                oddities.add(key + ": at two stalls within " + ELSEWHERE_SECONDS_MIN + " seconds");
            }
        });
        oddities.addAll(lateRules(sources, day));
        oddities.addAll(unbacked(sources, day));
        return oddities;
    }

    /** What the pooled fund pays on the word of terminals alone, and what it does not pay of what they have said. */
    private static List<String> unbacked(Sources sources, String day) {
        TreeMap<Long, Long> paid = new TreeMap<>();
        List<String> beyond = new ArrayList<>();
        for (PriceSeen price : sources.prices()) {
            SaleSeen sale = price.sale();
            if (!sale.day().equals(day)) {
                continue;
            }
            long point = sale.point().map(PointOfSale::id).orElse(0L);
            if (price.claim().owedCents() > 0) {
                paid.merge(point, price.claim().owedCents(), Long::sum);
            }
            if (price.claim().unbackedCents() > 0) {
                beyond.add(sale.ledger() + " sale " + sale.sale() + ": "
                        + price.claim().unbackedCents()
                        + " taken off the price beyond what was voted for its stall and day; the fund does not pay it");
            }
        }
        List<String> sentences = new ArrayList<>();
        paid.forEach((point, cents) -> sentences.add("point of sale " + point + ": " + cents
                + " of the pooled prices on the word of its terminal alone, no card stands behind it"));
        sentences.addAll(beyond);
        return sentences;
    }

    /**
     * Card sales made under rules that others had followed already. They are as they should be: a stall without a network
     * sells under what it has, and had it known the newer rules the sale would stand in quarantine.
     */
    private static List<String> lateRules(Sources sources, String day) {
        TreeMap<String, List<Long>> late = new TreeMap<>();
        for (SaleSeen sale : sources.sales()) {
            boolean ofToday = sale.day().equals(day) || sale.receivedDay().equals(day);
            if (!ofToday || sale.withheld() || !sale.chain() || sale.key().isEmpty()) {
                continue;
            }
            long scheme = sources.timeline().versionAt(Document.SCHEME, sale.askedMillis());
            if (sale.scheme().version() < scheme) {
                note(late, sale, "version " + sale.scheme().version(), "version " + scheme);
            }
            long list = sources.timeline().versionAt(Document.CATALOGUE, sale.askedMillis());
            if (sale.listVersion() > 0 && sale.listVersion() < list) {
                note(late, sale, "product list " + sale.listVersion(), "product list " + list);
            }
        }
        List<String> sentences = new ArrayList<>();
        late.forEach((what, numbers) -> {
            String which = numbers.size() == 1
                    ? " sale " + numbers.getFirst()
                    : " " + numbers.size() + " sales, " + numbers.getFirst() + " to " + numbers.getLast();
            sentences.add(what.replace("*", which));
        });
        return sentences;
    }

    private static void note(TreeMap<String, List<Long>> late, SaleSeen sale, String under, String held) {
        String what = sale.ledger() + "*: sold under " + under + " after " + held + " held, because it had not arrived";
        late.computeIfAbsent(what, none -> new ArrayList<>()).add(sale.sale());
    }
}
