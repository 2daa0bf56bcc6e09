/** A market as processes on loopback: what is laid out before it opens, its nodes, its cards, and how one visit goes. */
@NullMarked
package etal.fleet.world.place;

import org.jspecify.annotations.NullMarked;
