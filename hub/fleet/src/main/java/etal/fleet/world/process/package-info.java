/** Processes of the house, kept alive, and the hands of the people who use them over HTTP. */
@NullMarked
package etal.fleet.world.process;

import org.jspecify.annotations.NullMarked;
