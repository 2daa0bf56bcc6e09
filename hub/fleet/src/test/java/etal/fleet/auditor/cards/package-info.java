/** The auditor's own reading of cards, held against the programs'. */
@NullMarked
package etal.fleet.auditor.cards;

import org.jspecify.annotations.NullMarked;
