/** A scale over a serial line, with an emulated scale at the far end. */
@NullMarked
package etal.terminal.hardware.scale;

import org.jspecify.annotations.NullMarked;
