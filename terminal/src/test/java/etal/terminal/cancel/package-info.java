/** Tests of sales that are undone at the stall, with the real applet. */
@NullMarked
package etal.terminal.cancel;

import org.jspecify.annotations.NullMarked;
