/** How a basket is shared between card and cash: one pure rule for terminal, hub and simulator. */
@NullMarked
package etal.protocol.split;

import org.jspecify.annotations.NullMarked;
