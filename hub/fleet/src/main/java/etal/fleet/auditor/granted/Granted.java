package etal.fleet.auditor.granted;

import java.util.Map;
import java.util.Set;

/**
 * What the hub has granted cards so far. Immutable.
 *
 * @param opened the months that are open
 * @param orders vouchers and block orders, by their hash
 */
public record Granted(Set<Integer> opened, Map<String, OrderWord> orders) {}
