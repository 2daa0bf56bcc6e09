/** What befalls machines and office at any time, whatever people do meanwhile. */
@NullMarked
package etal.fleet.world.cards.mishap;

import org.jspecify.annotations.NullMarked;
