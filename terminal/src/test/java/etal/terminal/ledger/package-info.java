@NullMarked
package etal.terminal.ledger;

import org.jspecify.annotations.NullMarked;
