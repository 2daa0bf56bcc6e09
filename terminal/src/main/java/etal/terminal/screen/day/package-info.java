/** The pages beside the till: the day and its closings, and what the terminal knows. */
@NullMarked
package etal.terminal.screen.day;

import org.jspecify.annotations.NullMarked;
