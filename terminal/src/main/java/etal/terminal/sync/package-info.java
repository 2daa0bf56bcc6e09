/** The way to the hub and back: batches up, acknowledgements and documents down. */
@NullMarked
package etal.terminal.sync;

import org.jspecify.annotations.NullMarked;
