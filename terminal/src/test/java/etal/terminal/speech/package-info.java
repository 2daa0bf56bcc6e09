/** That every sentence the terminal says can be said, in both languages. */
@NullMarked
package etal.terminal.speech;

import org.jspecify.annotations.NullMarked;
