/** What etal.hub.main promises, as tests. */
@NullMarked
package etal.hub.main;

import org.jspecify.annotations.NullMarked;
