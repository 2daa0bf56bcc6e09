/** Payouts: what a day owes to each point of sale, as one bank file that can be handed in twice and pays once. */
@NullMarked
package etal.hub.settle;

import org.jspecify.annotations.NullMarked;
