/** Tests of a hub that was restored from a backup. */
@NullMarked
package etal.hub.restore;

import org.jspecify.annotations.NullMarked;
