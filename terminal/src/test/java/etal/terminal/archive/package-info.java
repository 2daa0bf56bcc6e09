/** Archives, checked by programs that are not ours. */
@NullMarked
package etal.terminal.archive;

import org.jspecify.annotations.NullMarked;
