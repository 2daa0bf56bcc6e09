/** Training: the whole of selling, by a desk that reaches neither card nor any book of sales. */
@NullMarked
package etal.terminal.practice;

import org.jspecify.annotations.NullMarked;
