package etal.fsck.place;

import etal.fsck.check.CheckedLedger;

/**
 * A ledger as it was found in one place.
 *
 * @param id its name; where it cannot be read, the file's name without its ending
 * @param place where, for people
 */
public record PlacedLedger(String id, String place, CheckedLedger ledger) {}
