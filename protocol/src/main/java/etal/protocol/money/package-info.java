/** Money as whole counts of a unit's smallest part, and the named roundings every cent goes through. */
@NullMarked
package etal.protocol.money;

import org.jspecify.annotations.NullMarked;
