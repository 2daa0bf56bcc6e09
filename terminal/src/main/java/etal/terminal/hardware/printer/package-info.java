/** A receipt printer that speaks ESC/POS over a line: what it is asked, what it answers, and the thread it prints on. */
@NullMarked
package etal.terminal.hardware.printer;

import org.jspecify.annotations.NullMarked;
