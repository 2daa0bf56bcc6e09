/** What new sellers do at the market's tills while these practise. */
@NullMarked
package etal.fleet.world.cards.practice;

import org.jspecify.annotations.NullMarked;
