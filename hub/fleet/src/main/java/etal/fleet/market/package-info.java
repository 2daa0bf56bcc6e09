/** The market as people make it: stalls, households, receipts, and the plan of one day from one seed. */
@NullMarked
package etal.fleet.market;

import org.jspecify.annotations.NullMarked;
