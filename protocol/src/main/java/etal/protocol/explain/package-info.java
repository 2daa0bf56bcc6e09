/** The rules of a scheme as sentences that an assembly can read, and what changes from one version to the next. */
@NullMarked
package etal.protocol.explain;

import org.jspecify.annotations.NullMarked;
