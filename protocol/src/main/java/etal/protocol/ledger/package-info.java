/** The entries of a terminal's ledger, as {@code etal.cddl} says them. */
@NullMarked
package etal.protocol.ledger;

import org.jspecify.annotations.NullMarked;
