/** A market as processes, with a broker, a database server or a network that is not ours between them. */
@NullMarked
package etal.fleet.real.market;

import org.jspecify.annotations.NullMarked;
