/** What cards, tills and hub say of a simulated market, gathered as plain numbers and bytes for the auditor. */
@NullMarked
package etal.fleet.world.witness;

import org.jspecify.annotations.NullMarked;
