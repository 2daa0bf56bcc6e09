/** Sync by a stick: what the hub has not signed for goes onto it, and the hub's answer is read from it. */
@NullMarked
package etal.terminal.bundle;

import org.jspecify.annotations.NullMarked;
