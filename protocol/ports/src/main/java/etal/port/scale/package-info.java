/** The scale beside the till. What it shows is an offer and no more. */
@NullMarked
package etal.port.scale;

import org.jspecify.annotations.NullMarked;
