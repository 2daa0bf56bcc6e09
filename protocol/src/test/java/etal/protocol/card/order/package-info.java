/** Tests of the fund's words to cards. */
@NullMarked
package etal.protocol.card.order;

import org.jspecify.annotations.NullMarked;
