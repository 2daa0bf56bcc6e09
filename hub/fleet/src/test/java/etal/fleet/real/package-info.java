/** The second tier: real processes, files, servers and networks, broken for real; run by {@code ./etal test real}. */
@NullMarked
package etal.fleet.real;

import org.jspecify.annotations.NullMarked;
