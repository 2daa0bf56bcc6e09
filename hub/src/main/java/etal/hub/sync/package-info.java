/** The hub's side of the link: batches in, acknowledgements, gap requests and published documents out. */
@NullMarked
package etal.hub.sync;

import org.jspecify.annotations.NullMarked;
