/** Ledgers written by the programs of the fund, whole and damaged in every way, against the checker. */
@NullMarked
package etal.fsck;

import org.jspecify.annotations.NullMarked;
