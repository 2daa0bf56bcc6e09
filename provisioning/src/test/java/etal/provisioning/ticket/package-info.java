/** Claim tickets under test. */
@NullMarked
package etal.provisioning.ticket;

import org.jspecify.annotations.NullMarked;
