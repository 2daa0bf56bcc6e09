/** The public draw of new households, and the projection of the reserve that says how many can be drawn. */
@NullMarked
package etal.protocol.draw;

import org.jspecify.annotations.NullMarked;
