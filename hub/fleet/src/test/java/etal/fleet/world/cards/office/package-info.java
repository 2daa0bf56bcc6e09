/** What the operator reads and the bank does in the simulated market. */
@NullMarked
package etal.fleet.world.cards.office;

import org.jspecify.annotations.NullMarked;
