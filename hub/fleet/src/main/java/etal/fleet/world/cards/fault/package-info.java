/** What goes wrong at a market, how often, and where: plugs, messages, and what is told of it. */
@NullMarked
package etal.fleet.world.cards.fault;

import org.jspecify.annotations.NullMarked;
