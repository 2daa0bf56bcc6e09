/** The fund's words to cards: kept as they come from the hub, shown at the tap, and what the card answers put on record. */
@NullMarked
package etal.terminal.order;

import org.jspecify.annotations.NullMarked;
