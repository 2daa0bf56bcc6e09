@NullMarked
package etal.terminal.sync;

import org.jspecify.annotations.NullMarked;
