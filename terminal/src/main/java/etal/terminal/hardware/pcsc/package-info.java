/** The stall's reader behind the system's PC/SC service. */
@NullMarked
package etal.terminal.hardware.pcsc;

import org.jspecify.annotations.NullMarked;
