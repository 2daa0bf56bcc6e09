/** What cards were told and what they made of it, computed from the stored bytes a second time. */
@NullMarked
package etal.hub.reconcile.cards;

import org.jspecify.annotations.NullMarked;
