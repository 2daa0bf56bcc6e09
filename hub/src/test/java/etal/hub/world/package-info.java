/** A small fund for the hub's tests: cards with software keys (TEST SECRETS), terminals that write ledgers, a hub in memory. */
@NullMarked
package etal.hub.world;

import org.jspecify.annotations.NullMarked;
