/** The operator's evening: everything received against everything expected, and the books computed a second way. */
@NullMarked
package etal.hub.reconcile;

import org.jspecify.annotations.NullMarked;
