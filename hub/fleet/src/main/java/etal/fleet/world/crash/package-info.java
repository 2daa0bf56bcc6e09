/**
 * Every crash, tear and loss of one thing that is done at a market, and every pair of one with a later one in its recovery:
 * till, applet and hub are the production ones, and after each fault what stays without power is put back and played on.
 */
@NullMarked
package etal.fleet.world.crash;

import org.jspecify.annotations.NullMarked;
