/** The product list that the citizens have voted: what there is, what it costs, how much of it the fund may cover. */
@NullMarked
package etal.protocol.catalogue;

import org.jspecify.annotations.NullMarked;
