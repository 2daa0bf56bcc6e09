/** Receipts in the printer's own bytes. */
@NullMarked
package etal.terminal.receipt;

import org.jspecify.annotations.NullMarked;
