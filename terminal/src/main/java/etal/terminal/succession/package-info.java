/** What a rebuilt terminal has of the epoch before its own: read, kept, sent up, and never mixed with its own ledger. */
@NullMarked
package etal.terminal.succession;

import org.jspecify.annotations.NullMarked;
