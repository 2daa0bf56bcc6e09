/** Files that people write, read so that any text gives a value or a list of what is wrong with it, line by line. */
@NullMarked
package etal.protocol.reading;

import org.jspecify.annotations.NullMarked;
