/** The open demo, its parts alone and the whole as processes. */
@NullMarked
package etal.fleet.world.open;

import org.jspecify.annotations.NullMarked;
