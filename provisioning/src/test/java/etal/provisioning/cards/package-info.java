/** Personalisation under test, with cards that leave and a journal that a crash cuts. */
@NullMarked
package etal.provisioning.cards;

import org.jspecify.annotations.NullMarked;
