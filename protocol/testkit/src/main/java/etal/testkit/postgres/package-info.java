/** A real PostgreSQL server for tests. */
@NullMarked
package etal.testkit.postgres;

import org.jspecify.annotations.NullMarked;
