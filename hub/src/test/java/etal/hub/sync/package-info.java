/** Tests of the hub's end of the link. */
@NullMarked
package etal.hub.sync;

import org.jspecify.annotations.NullMarked;
