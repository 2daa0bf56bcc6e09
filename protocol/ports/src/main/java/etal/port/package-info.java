/**
 * The ports: everything a node needs from outside, and the five ways in which outside fails.
 *
 * <p>The core of terminal and hub sees the world only through these interfaces, so that production code runs unchanged in
 * one simulated thread. Each of the five exceptions is named for what must be done next.
 */
@NullMarked
package etal.port;

import org.jspecify.annotations.NullMarked;
