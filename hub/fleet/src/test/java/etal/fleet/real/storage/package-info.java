/** System calls that fail, plugs that are pulled between two of them, pages and sectors that are not what was written. */
@NullMarked
package etal.fleet.real.storage;

import org.jspecify.annotations.NullMarked;
