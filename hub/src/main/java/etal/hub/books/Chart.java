package etal.hub.books;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The chart of accounts and the postings of each named event: two tables of comma-separated values that the fund's
 * accountant may edit. Immutable.
 *
 * @param accounts by role, in the order of the file
 * @param events the legs of each event, in the order of the file
 */
public record Chart(Map<String, Account> accounts, Map<String, List<Leg>> events) {
    /**
     * One account.
     *
     * @param role its name in the program, such as {@code points-of-sale}
     * @param number its number in the books, such as {@code 4673}
     * @param third what its postings name as third party: {@code card}, {@code replacement} (the card that takes another's place),
     *     {@code household}, {@code point-of-sale} or nothing
     */
    public record Account(String role, String number, String third, String name) {}

    /**
     * One pair of postings.
     *
     * @param row the row of the table of postings it stems from, such as {@code 6a}
     * @param amount which of the event's amounts it moves
     * @param debit role of the account debited
     * @param credit role of the account credited
     */
    public record Leg(String row, String amount, String debit, String credit) {}

    /** The chart that ships. */
    public static Chart shipped() {
        return read(Schema.read("accounts.csv"), Schema.read("events.csv"));
    }

    /**
     * Reads the two tables; the first line of each names its columns. A line that begins with # is a comment.
     *
     * @throws IllegalArgumentException naming table and line when one is not well formed
     */
    public static Chart read(String accountsCsv, String eventsCsv) {
        Map<String, Account> accounts = new LinkedHashMap<>();
        for (String[] row : rows("accounts", accountsCsv, "role,number,third,name")) {
            accounts.put(row[0], new Account(row[0], row[1], row[2], row[3]));
        }
        Map<String, List<Leg>> events = new LinkedHashMap<>();
        for (String[] row : rows("events", eventsCsv, "event,row,amount,debit,credit")) {
            if (!accounts.containsKey(row[3]) || !accounts.containsKey(row[4])) {
                throw new IllegalArgumentException("events: " + row[0] + " names an account that is not in accounts");
            }
            events.computeIfAbsent(row[0], name -> new ArrayList<>()).add(new Leg(row[1], row[2], row[3], row[4]));
        }
        return new Chart(accounts, events);
    }

    /** With the accounts and events of another chart where this one, written for an earlier program, does not name them. */
    public Chart completedBy(Chart other) {
        Map<String, Account> allAccounts = new LinkedHashMap<>(accounts);
        other.accounts.forEach(allAccounts::putIfAbsent);
        Map<String, List<Leg>> allEvents = new LinkedHashMap<>(events);
        other.events.forEach(allEvents::putIfAbsent);
        return new Chart(allAccounts, allEvents);
    }

    /** The account of a role. */
    public Account account(String role) {
        Account account = accounts.get(role);
        if (account == null) {
            throw new IllegalStateException("no account has the role " + role);
        }
        return account;
    }

    /** The legs of an event. */
    public List<Leg> legs(String event) {
        List<Leg> legs = events.get(event);
        if (legs == null) {
            throw new IllegalStateException("no postings are named for the event " + event);
        }
        return legs;
    }

    private static List<String[]> rows(String table, String csv, String header) {
        List<String> lines = csv.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(header)) {
            throw new IllegalArgumentException(table + ": line 1: expected " + header);
        }
        int columns = header.split(",").length;
        List<String[]> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).startsWith("#")) {
                continue;
            }
            String[] row = lines.get(i).split(",", -1);
            if (row.length != columns) {
                throw new IllegalArgumentException(table + ": line " + (i + 1) + ": expected " + columns + " values");
            }
            rows.add(row);
        }
        return rows;
    }
}
