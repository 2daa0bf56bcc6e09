/** What people do at the market, one small class each. */
@NullMarked
package etal.fleet.world.cards.errand;

import org.jspecify.annotations.NullMarked;
