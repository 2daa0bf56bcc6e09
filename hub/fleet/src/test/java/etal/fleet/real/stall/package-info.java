/** A till on real files, in one thread, with its producer's gestures: what the tests of real storage harm. */
@NullMarked
package etal.fleet.real.stall;

import org.jspecify.annotations.NullMarked;
