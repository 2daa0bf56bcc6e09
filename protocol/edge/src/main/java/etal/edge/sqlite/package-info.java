/** The ledger's two places: SQLite on a file (or in memory), and the second medium. */
@NullMarked
package etal.edge.sqlite;

import org.jspecify.annotations.NullMarked;
