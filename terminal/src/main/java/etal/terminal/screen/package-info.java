/** The screen's requests, answered on the loop. */
@NullMarked
package etal.terminal.screen;

import org.jspecify.annotations.NullMarked;
