/** How the stall's hardware behaves, and that its documents tell the truth. */
@NullMarked
package etal.terminal.hardware;

import org.jspecify.annotations.NullMarked;
