/** What goes between terminal and hub on a stick where there is no network, as {@code etal.cddl} says it. */
@NullMarked
package etal.protocol.sync.bundle;

import org.jspecify.annotations.NullMarked;
