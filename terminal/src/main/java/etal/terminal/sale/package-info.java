/** From basket to sale: split, intention, card, entry, and what is done when the answer is lost. */
@NullMarked
package etal.terminal.sale;

import org.jspecify.annotations.NullMarked;
