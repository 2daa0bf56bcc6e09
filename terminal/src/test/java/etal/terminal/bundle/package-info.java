/** Tests of the key to the stick. */
@NullMarked
package etal.terminal.bundle;

import org.jspecify.annotations.NullMarked;
