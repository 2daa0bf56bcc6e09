/** Tests of what the hub asks cards for. */
@NullMarked
package etal.hub.wanted;

import org.jspecify.annotations.NullMarked;
