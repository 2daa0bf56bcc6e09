/** The bank's statement as a file: read whole or refused, and what it says of payouts told apart from all else. */
@NullMarked
package etal.hub.settle.statement;

import org.jspecify.annotations.NullMarked;
