/** {@code etal scheme}: what can be done with a scheme file on the command line, a class for each thing. */
@NullMarked
package etal.fleet.cli.scheme;

import org.jspecify.annotations.NullMarked;
