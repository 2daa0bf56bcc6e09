/**
 * The certification authorities of one fund: an offline root, and below it the card CA, the terminal CA and the service CA.
 *
 * <p>Everything issued stands in an append-only journal before it leaves the house, so that nothing is issued twice.
 */
@NullMarked
package etal.provisioning.ca;

import org.jspecify.annotations.NullMarked;
