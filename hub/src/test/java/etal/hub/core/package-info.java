/** What etal.hub.core promises, as tests. */
@NullMarked
package etal.hub.core;

import org.jspecify.annotations.NullMarked;
