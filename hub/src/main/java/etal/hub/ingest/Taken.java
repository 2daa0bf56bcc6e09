package etal.hub.ingest;

import etal.protocol.ledger.LedgerId;
import java.util.OptionalLong;

/**
 * What came of one batch.
 *
 * @param ledger whose it was
 * @param ahead number of the first entry that came too early, if one did
 */
public record Taken(LedgerId ledger, OptionalLong ahead) {}
