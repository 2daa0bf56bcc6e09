/** A till as a process of its own, measured from outside: memory, work while idle, the time until its screen is there. */
@NullMarked
package etal.fleet.bench.process;

import org.jspecify.annotations.NullMarked;
