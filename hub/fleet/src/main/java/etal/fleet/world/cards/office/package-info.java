/** What the fund's office does in the evening, with its bank. */
@NullMarked
package etal.fleet.world.cards.office;

import org.jspecify.annotations.NullMarked;
