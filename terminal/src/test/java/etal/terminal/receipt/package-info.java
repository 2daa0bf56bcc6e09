@NullMarked
package etal.terminal.receipt;

import org.jspecify.annotations.NullMarked;
