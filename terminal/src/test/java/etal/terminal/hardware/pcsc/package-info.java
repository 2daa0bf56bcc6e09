/** The reader behind the system's real PC/SC service, with the virtual reader of vsmartcard. */
@NullMarked
package etal.terminal.hardware.pcsc;

import org.jspecify.annotations.NullMarked;
