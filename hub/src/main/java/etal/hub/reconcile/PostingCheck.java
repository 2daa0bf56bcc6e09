package etal.hub.reconcile;

import etal.hub.books.Journal.Balance;
import etal.hub.books.Sql;
import etal.hub.reconcile.Expected.Line;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The books as they stand against the postings that should stand there: event by event, then account by account. */
final class PostingCheck {
    private static final int NAMED_MAX = 100;

    private PostingCheck() {}

    /** What differs, one sentence each. */
    static List<String> differences(Connection connection, TreeMap<String, List<Line>> expected, List<Balance> balances)
            throws SQLException {
        Map<String, List<Line>> actual = actual(connection);
        List<String> differences = new ArrayList<>();
        // Most agree, and only what does not is put in order.
        TreeSet<String> references = new TreeSet<>();
        expected.forEach((reference, should) -> {
            if (!should.equals(actual.get(reference))) {
                references.add(reference);
            }
        });
        actual.keySet().stream()
                .filter(reference -> !expected.containsKey(reference))
                .forEach(references::add);
        for (String reference : references) {
            List<Line> should = expected.get(reference);
            List<Line> does = actual.get(reference);
            if (should == null) {
                differences.add("event " + reference + " is posted and nothing stands behind it");
            } else if (does == null) {
                differences.add("event " + reference + " is not posted");
            } else {
                differences.add("event " + reference + " is posted as " + does + ", it should be " + should);
            }
        }
        differences.addAll(byAccount(expected, balances));
        return differences.size() <= NAMED_MAX ? differences : shortened(differences);
    }

    private static Map<String, List<Line>> actual(Connection connection) throws SQLException {
        Map<String, List<Line>> actual = new LinkedHashMap<>();
        Sql.list(
                connection,
                "SELECT COALESCE(reference, 'without event, posting ' || posting.id), account, third, debit_cents,"
                        + " credit_cents FROM posting LEFT JOIN event ON event.id = posting.event ORDER BY posting.id",
                row -> actual.computeIfAbsent(row.getString(1), reference -> new ArrayList<>())
                        .add(new Line(row.getString(2), row.getString(3), row.getLong(4), row.getLong(5))));
        actual.values().forEach(lines -> lines.sort(null));
        for (String empty : Sql.list(
                connection,
                "SELECT reference FROM event WHERE NOT EXISTS (SELECT 1 FROM posting WHERE posting.event = event.id)"
                        + " ORDER BY id",
                row -> row.getString(1))) {
            actual.put(empty, List.of());
        }
        return actual;
    }

    private static List<String> byAccount(TreeMap<String, List<Line>> expected, List<Balance> balances) {
        TreeMap<String, Long> should = new TreeMap<>();
        expected.values()
                .forEach(lines -> lines.forEach(line -> should.merge(
                        line.account() + " " + line.third(), line.creditCents() - line.debitCents(), Long::sum)));
        TreeMap<String, Long> does = new TreeMap<>();
        balances.forEach(balance -> does.put(balance.account() + " " + balance.third(), balance.creditCents()));
        TreeSet<String> accounts = new TreeSet<>(should.keySet());
        accounts.addAll(does.keySet());
        return accounts.stream()
                .filter(account -> !should.getOrDefault(account, 0L).equals(does.getOrDefault(account, 0L)))
                .map(account -> "account " + account + ": the books say " + does.getOrDefault(account, 0L)
                        + ", the ledgers say " + should.getOrDefault(account, 0L))
                .toList();
    }

    private static List<String> shortened(List<String> differences) {
        List<String> shortened = new ArrayList<>(differences.subList(0, NAMED_MAX));
        shortened.add((differences.size() - NAMED_MAX) + " more differences of postings");
        return shortened;
    }
}
