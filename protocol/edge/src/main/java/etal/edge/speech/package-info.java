/** Speaks what the core says, in the reader's language. */
@NullMarked
package etal.edge.speech;

import org.jspecify.annotations.NullMarked;
