/**
 * Faults woven into the production classes, one at a time, to see that the simulation finds each of them: a check that has
 * never failed proves nothing.
 */
@NullMarked
package etal.fleet.mutant;

import org.jspecify.annotations.NullMarked;
