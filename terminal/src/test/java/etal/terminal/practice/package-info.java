@NullMarked
package etal.terminal.practice;

import org.jspecify.annotations.NullMarked;
