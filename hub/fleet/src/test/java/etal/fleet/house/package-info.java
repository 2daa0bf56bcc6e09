/** The rules of the house, held by tests: who may import whom, and how the code reads. */
@NullMarked
package etal.fleet.house;

import org.jspecify.annotations.NullMarked;
