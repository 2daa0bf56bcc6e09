/**
 * The checker of ledgers: recomputes them from their bytes and public keys alone.
 *
 * <p>It shares no code with the programs that write ledgers and uses the JDK's cryptography where they use another's, so
 * that one mistake cannot hide in both.
 */
@NullMarked
package etal.fsck;

import org.jspecify.annotations.NullMarked;
