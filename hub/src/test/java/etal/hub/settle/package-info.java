/** What etal.hub.settle promises, as tests. */
@NullMarked
package etal.hub.settle;

import org.jspecify.annotations.NullMarked;
