/**
 * People who cheat, one thing at a time: forged signatures, foreign certificates, things said twice, stalls that sign what no
 * card has paid. Card, till and hub are the production ones; each attempt must leave them as they were.
 */
@NullMarked
package etal.fleet.world.forger;

import org.jspecify.annotations.NullMarked;
