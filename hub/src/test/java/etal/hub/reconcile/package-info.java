/** What etal.hub.reconcile promises, as tests. */
@NullMarked
package etal.hub.reconcile;

import org.jspecify.annotations.NullMarked;
