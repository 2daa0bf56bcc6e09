package etal.hub.ingest;

import etal.protocol.ledger.LedgerId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What came of one batch, to be sent once the transaction has committed.
 *
 * @param ledger whose it was
 * @param acknowledgement the signed checkpoint of all that the hub now holds of it
 * @param gapFrom the first entry the hub lacks, if the batch left one out
 */
public record Taken(LedgerId ledger, Optional<byte[]> acknowledgement, OptionalLong gapFrom) {}
