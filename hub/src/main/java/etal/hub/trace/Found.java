package etal.hub.trace;

import etal.protocol.ledger.LedgerId;

/** What came of looking for the way of a sale. */
public sealed interface Found {
    /** Here it is. */
    record Shown(Way way) implements Found {}

    /** There is an entry, and its bytes do not read: something has damaged the store. */
    record Damaged(LedgerId ledger, long number) implements Found {}

    /** There is no sale under that name. */
    record Nothing() implements Found {}
}
