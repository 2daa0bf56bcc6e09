/** What stands in for the chip: memory that can lose power, and randomness. Loaded by {@link etal.virtualcard.loader} only. */
@NullMarked
package etal.virtualcard.silicon;

import org.jspecify.annotations.NullMarked;
