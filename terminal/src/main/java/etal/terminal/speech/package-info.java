/** What the terminal says, in French and English. */
@NullMarked
package etal.terminal.speech;

import org.jspecify.annotations.NullMarked;
