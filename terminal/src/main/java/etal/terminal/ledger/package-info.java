/** The terminal's own chain of signed entries, its store and its second medium. */
@NullMarked
package etal.terminal.ledger;

import org.jspecify.annotations.NullMarked;
