/** What etal.hub.view promises, as tests. */
@NullMarked
package etal.hub.view;

import org.jspecify.annotations.NullMarked;
