/** The worlds a day can run in: live, as processes on this machine, or simulated, in one thread from one seed. */
@NullMarked
package etal.fleet.world;

import org.jspecify.annotations.NullMarked;
