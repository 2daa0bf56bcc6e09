/** What the fund tells cards, signed: vouchers and block orders for one card, key updates for all of them. */
@NullMarked
package etal.protocol.card.order;

import org.jspecify.annotations.NullMarked;
