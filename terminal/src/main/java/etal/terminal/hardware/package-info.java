/**
 * What a stall is made of: the build file and its documents, light and sound, and the readers and printers that stand in
 * for the wired ones when a market day runs on one machine.
 */
@NullMarked
package etal.terminal.hardware;

import org.jspecify.annotations.NullMarked;
