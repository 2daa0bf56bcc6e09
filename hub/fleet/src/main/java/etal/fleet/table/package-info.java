/** The page of the open demo: the till's own screen, and around it what lies on a market table. */
@NullMarked
package etal.fleet.table;

import org.jspecify.annotations.NullMarked;
