/** Who takes part: households with their cards, points of sale, and the rules the fund has voted. */
@NullMarked
package etal.hub.members;

import org.jspecify.annotations.NullMarked;
