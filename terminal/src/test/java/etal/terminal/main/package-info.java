@NullMarked
package etal.terminal.main;

import org.jspecify.annotations.NullMarked;
