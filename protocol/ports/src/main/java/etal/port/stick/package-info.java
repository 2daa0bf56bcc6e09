/** The stick that is carried between a stall and the hub. Nothing is lost with it. */
@NullMarked
package etal.port.stick;

import org.jspecify.annotations.NullMarked;
