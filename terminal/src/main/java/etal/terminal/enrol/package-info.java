/** How a new terminal gets its certificate: EST over secure CoAP (RFC 9148), once, also over a crash. */
@NullMarked
package etal.terminal.enrol;

import org.jspecify.annotations.NullMarked;
