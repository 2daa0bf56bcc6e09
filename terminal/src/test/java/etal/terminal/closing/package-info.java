@NullMarked
package etal.terminal.closing;

import org.jspecify.annotations.NullMarked;
