/** The commands of the fleet: demo, sim, scheme. */
@NullMarked
package etal.fleet.cli;

import org.jspecify.annotations.NullMarked;
