@NullMarked
package etal.fleet.cli;

import org.jspecify.annotations.NullMarked;
