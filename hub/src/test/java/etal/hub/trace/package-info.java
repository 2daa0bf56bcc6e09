/** What etal.hub.trace promises, as tests. */
@NullMarked
package etal.hub.trace;

import org.jspecify.annotations.NullMarked;
