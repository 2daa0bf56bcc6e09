/** The kinds of payment and voucher that are enumerated: what people do at the market, step by step. */
@NullMarked
package etal.fleet.world.crash.kind;

import org.jspecify.annotations.NullMarked;
