/** Sticks that have been in other hands: what lies on them is read and written without following any of their links. */
@NullMarked
package etal.edge.stick;

import org.jspecify.annotations.NullMarked;
