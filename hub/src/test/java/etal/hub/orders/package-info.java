/** What etal.hub.orders promises, as tests. */
@NullMarked
package etal.hub.orders;

import org.jspecify.annotations.NullMarked;
