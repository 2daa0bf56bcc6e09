/** Somebody carries sticks between the stalls and the hub. */
@NullMarked
package etal.fleet.world.cards.carry;

import org.jspecify.annotations.NullMarked;
