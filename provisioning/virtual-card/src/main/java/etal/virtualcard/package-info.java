/** A food card without plastic: the real applet in a simulator, with keys of its own and power that can be cut. */
@NullMarked
package etal.virtualcard;

import org.jspecify.annotations.NullMarked;
