/** The terminal as an object built from ports, and as a process. */
@NullMarked
package etal.terminal.main;

import org.jspecify.annotations.NullMarked;
