/** The hub put together from ports: the same in production and in a simulation. */
@NullMarked
package etal.hub.core;

import org.jspecify.annotations.NullMarked;
