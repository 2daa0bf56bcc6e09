/** {@code etal sim} as a specification: traces, shrunken stories, kept seeds, the report. */
@NullMarked
package etal.fleet.cli.sim;

import org.jspecify.annotations.NullMarked;
