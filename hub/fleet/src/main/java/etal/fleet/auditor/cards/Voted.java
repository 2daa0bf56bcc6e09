package etal.fleet.auditor.cards;

import etal.fleet.auditor.Rules;
import java.util.List;
import java.util.Map;

/**
 * The rules as they were voted, one version of the scheme and one product list after the other. Immutable.
 *
 * @param schemes by their versions; where only version 0 stands, it is the only one, whatever its number
 * @param lists what each list says of each product that the fund pays something of, in percent, by the list's hash; where
 *     only one stands, it is the only one, whatever its hash
 */
public record Voted(Map<Long, Version> schemes, Map<String, Map<String, Integer>> lists) {
    /** A version of the scheme, and from when on it holds, milliseconds since 1970. */
    public record Version(Rules rules, long holdsFromMillis) {}

    /** Rules that never change, and a list that never does. */
    public static Voted once(Rules rules, Map<String, Integer> list) {
        return new Voted(Map.of(0L, new Version(rules, 0)), Map.of("", list));
    }

    boolean changes() {
        return !schemes.containsKey(0L);
    }

    /** The lists under which a till has sold by a version of the scheme, so far as its ledger says. */
    List<Map<String, Integer>> lists(TillSeen till, long version) {
        if (!changes()) {
            return List.copyOf(lists.values());
        }
        return till.applied().stream()
                .filter(each -> each.version() == version && lists.containsKey(each.list()))
                .map(each -> lists.get(each.list()))
                .distinct()
                .toList();
    }

    /** The rules of a version; the first ones where nobody has voted that. */
    Rules rules(long version) {
        Version voted = schemes.get(changes() ? version : 0L);
        return (voted == null ? schemes.values().iterator().next() : voted).rules();
    }

    /** The newest version that holds at a moment. */
    long holding(long nowMillis) {
        return schemes.entrySet().stream()
                .filter(each -> each.getValue().holdsFromMillis() <= nowMillis)
                .mapToLong(Map.Entry::getKey)
                .max()
                .orElse(0);
    }
}
