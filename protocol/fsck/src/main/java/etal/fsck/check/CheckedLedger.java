package etal.fsck.check;

import etal.fsck.bytes.Digest;
import etal.fsck.ledger.LedgerName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of checking one ledger in one place.
 *
 * @param name what its certificate or entries say it is, null where nothing could be read
 * @param entries the hashes of its entries from number 1, as far as they could be read
 * @param checkpointed the newest entry that the hub acknowledged, 0 if none
 * @param practised how often something was sold for practice
 * @param fault the first damage, null when there is none
 */
public record CheckedLedger(
        @Nullable LedgerName name,
        List<Digest> entries,
        long checkpointed,
        long practised,
        @Nullable Fault fault) {}
