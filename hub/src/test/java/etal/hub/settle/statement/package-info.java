/** Statements of the bank, as files from outside. */
@NullMarked
package etal.hub.settle.statement;

import org.jspecify.annotations.NullMarked;
