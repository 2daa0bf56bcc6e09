/** The PN532 driver against frames of the manual, an emulated chip, and bad lines. */
@NullMarked
package etal.terminal.hardware.pn532;

import org.jspecify.annotations.NullMarked;
