/** One-time claim tickets: who a new terminal is to be, and the secret under which it may say so once. */
@NullMarked
package etal.provisioning.ticket;

import org.jspecify.annotations.NullMarked;
