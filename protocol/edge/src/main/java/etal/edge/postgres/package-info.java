/** PostgreSQL as a store that several hubs may share. */
@NullMarked
package etal.edge.postgres;

import org.jspecify.annotations.NullMarked;
