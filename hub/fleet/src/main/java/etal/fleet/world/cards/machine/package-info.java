/** The machines of a stall, one after the other: what burns, is stolen, is swapped, or grows too old for its certificate. */
@NullMarked
package etal.fleet.world.cards.machine;

import org.jspecify.annotations.NullMarked;
