/** A hub restored from a backup: what it has to read back before it pays and issues again. */
@NullMarked
package etal.hub.restore;

import org.jspecify.annotations.NullMarked;
