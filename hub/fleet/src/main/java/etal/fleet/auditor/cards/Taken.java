package etal.fleet.auditor.cards;

import java.util.Set;
import java.util.SortedMap;

/**
 * What the tills' ledgers have taken of the cards. Immutable.
 *
 * @param sold debits that are a sale, as card and counter
 * @param refunded debits that a till gives back
 * @param cancelled cancellations in the ledgers
 * @param soldCents the cards' money in the sales, by stall, less what was cancelled
 */
record Taken(Set<String> sold, Set<String> refunded, Set<String> cancelled, SortedMap<Long, Long> soldCents) {}
