/** A scheme tried on receipts: what a month would bring to whom, by the one engine. */
@NullMarked
package etal.fleet.tryout;

import org.jspecify.annotations.NullMarked;
