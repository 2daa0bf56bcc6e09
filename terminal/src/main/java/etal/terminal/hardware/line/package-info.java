/** Ways of bytes to a device beside the till and back, each wait with an end: a network address, a serial port, a USB printer. */
@NullMarked
package etal.terminal.hardware.line;

import org.jspecify.annotations.NullMarked;
