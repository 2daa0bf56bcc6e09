/** The card's contract, held against the real applet. */
@NullMarked
package etal.virtualcard;

import org.jspecify.annotations.NullMarked;
