/** {@code etal sim}: what is played, and how it is told. */
@NullMarked
package etal.fleet.cli.sim;

import org.jspecify.annotations.NullMarked;
