/**
 * How a basket is priced and shared between card and cash: one pure rule for terminal, hub and simulator. First
 * {@link etal.protocol.split.Prices} (price chosen, discount), then {@link etal.protocol.split.Split} (coverage, caps,
 * purses, bonus).
 */
@NullMarked
package etal.protocol.split;

import org.jspecify.annotations.NullMarked;
