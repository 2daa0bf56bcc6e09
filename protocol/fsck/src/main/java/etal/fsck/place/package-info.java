/** Where ledgers and receipts lie: files, databases, directories. */
@NullMarked
package etal.fsck.place;

import org.jspecify.annotations.NullMarked;
