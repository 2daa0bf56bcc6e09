/** The hub's process: its configuration, its commands, and the core put together from ports. */
@NullMarked
package etal.hub.main;

import org.jspecify.annotations.NullMarked;
