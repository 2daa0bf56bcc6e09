/** The way of every cent of one sale: what vouches for it, verified anew at each look, and its bytes explained. */
@NullMarked
package etal.hub.trace;

import org.jspecify.annotations.NullMarked;
