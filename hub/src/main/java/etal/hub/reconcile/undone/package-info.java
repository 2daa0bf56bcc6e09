/** Cancelled sales in the evening: read anew from the ledgers, and cards' records of them that came without their entry. */
@NullMarked
package etal.hub.reconcile.undone;

import org.jspecify.annotations.NullMarked;
