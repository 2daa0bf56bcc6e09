@NullMarked
package etal.terminal.succession;

import org.jspecify.annotations.NullMarked;
