/** Receipts as a picture: the printer's bytes read the way a printer reads them, and drawn. */
@NullMarked
package etal.fleet.table.paper;

import org.jspecify.annotations.NullMarked;
