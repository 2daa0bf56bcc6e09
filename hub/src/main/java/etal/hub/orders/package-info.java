/** What the hub tells single cards: vouchers and block orders, why each was issued, and which record took it. */
@NullMarked
package etal.hub.orders;

import org.jspecify.annotations.NullMarked;
