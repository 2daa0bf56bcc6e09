/** Who belongs to a fund: households, what they have promised, their cards, and what of it they may change when. */
@NullMarked
package etal.protocol.roster;

import org.jspecify.annotations.NullMarked;
