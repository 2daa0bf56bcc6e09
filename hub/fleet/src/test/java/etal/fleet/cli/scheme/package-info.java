/** Tests of what can be done with a scheme file on the command line. */
@NullMarked
package etal.fleet.cli.scheme;

import org.jspecify.annotations.NullMarked;
