/** The hub's store as a file: locked, copied while the hub runs, put back. */
@NullMarked
package etal.hub.main.store;

import org.jspecify.annotations.NullMarked;
