/** Personalisation: how a blank card becomes a fund's card, once and never twice, also over a crash. */
@NullMarked
package etal.provisioning.cards;

import org.jspecify.annotations.NullMarked;
