/** The rules of one ledger: chain, signatures, sales, cards' records, closings and acknowledgements. */
@NullMarked
package etal.fsck.check;

import org.jspecify.annotations.NullMarked;
