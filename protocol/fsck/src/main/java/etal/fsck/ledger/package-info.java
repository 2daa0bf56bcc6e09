/** What stands in a ledger: entries, acknowledgements and the cards' records, read from their bytes alone. */
@NullMarked
package etal.fsck.ledger;

import org.jspecify.annotations.NullMarked;
