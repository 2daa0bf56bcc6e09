/** The table's page, asked over HTTP as a browser would, on a table under the test's control. */
@NullMarked
package etal.fleet.table;

import org.jspecify.annotations.NullMarked;
