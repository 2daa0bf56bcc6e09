/** The fund's documents as the terminal holds them: scheme, catalogue, month, denied cards. */
@NullMarked
package etal.terminal.rules;

import org.jspecify.annotations.NullMarked;
