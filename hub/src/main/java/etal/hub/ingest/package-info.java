/** What terminals send becomes stored entries and postings, or stands in quarantine with its reason. */
@NullMarked
package etal.hub.ingest;

import org.jspecify.annotations.NullMarked;
