/** Receipts as a picture, tested with the till's own paper and with bytes by chance. */
@NullMarked
package etal.fleet.table.paper;

import org.jspecify.annotations.NullMarked;
