/** What terminal, card, hub and strangers have agreed on: pure Java, without I/O, clock or threads. */
@NullMarked
package etal.protocol;

import org.jspecify.annotations.NullMarked;
