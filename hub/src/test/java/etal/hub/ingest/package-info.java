/** What etal.hub.ingest promises, as tests. */
@NullMarked
package etal.hub.ingest;

import org.jspecify.annotations.NullMarked;
