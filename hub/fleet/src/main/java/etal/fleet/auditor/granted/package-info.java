/** What a fund has granted its cards, month by month and order by order, read apart from the programs. */
@NullMarked
package etal.fleet.auditor.granted;

import org.jspecify.annotations.NullMarked;
