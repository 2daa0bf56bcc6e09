@NullMarked
package etal.terminal.screen;

import org.jspecify.annotations.NullMarked;
