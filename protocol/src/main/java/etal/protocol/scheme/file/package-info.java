/** Reads a scheme file: each section of it by a reader of its own, all faults in one go. */
@NullMarked
package etal.protocol.scheme.file;

import org.jspecify.annotations.NullMarked;
