/** What etal.hub.members promises, as tests. */
@NullMarked
package etal.hub.members;

import org.jspecify.annotations.NullMarked;
