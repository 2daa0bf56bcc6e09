/** A scale that is asked for its weight over a line, in the words of MT-SICS. */
@NullMarked
package etal.terminal.hardware.scale;

import org.jspecify.annotations.NullMarked;
