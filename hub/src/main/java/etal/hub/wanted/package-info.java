/** Cards' records that the hub knows of and does not hold: what it asks cards for, wherever they tap next. */
@NullMarked
package etal.hub.wanted;

import org.jspecify.annotations.NullMarked;
