/** The one renderer of what the terminal's core says: French, and English beside it. */
@NullMarked
package etal.terminal.speech;

import org.jspecify.annotations.NullMarked;
