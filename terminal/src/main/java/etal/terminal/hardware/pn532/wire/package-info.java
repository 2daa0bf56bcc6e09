/** Moving bytes to a PN532 and back: a serial port of Linux, or an SPI bus. */
@NullMarked
package etal.terminal.hardware.pn532.wire;

import org.jspecify.annotations.NullMarked;
