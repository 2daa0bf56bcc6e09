/** The page on which a training begins and ends. */
@NullMarked
package etal.terminal.screen.practice;

import org.jspecify.annotations.NullMarked;
