/**
 * The rules of one ledger: chain, signatures, sales, cards' records, closings and acknowledgements.
 *
 * <p>Times are not judged, neither of entries nor of certificates: a stall's clock may be wrong, and what was signed stays
 * signed. Nor is the split under the scheme, which the hub replays.
 */
@NullMarked
package etal.fsck.check;

import org.jspecify.annotations.NullMarked;
