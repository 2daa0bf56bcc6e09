@NullMarked
package etal.terminal.sale;

import org.jspecify.annotations.NullMarked;
