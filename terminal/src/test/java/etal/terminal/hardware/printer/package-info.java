/** A printer over a network line and a serial one, with an emulated printer at the far end. */
@NullMarked
package etal.terminal.hardware.printer;

import org.jspecify.annotations.NullMarked;
