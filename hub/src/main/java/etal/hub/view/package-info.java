/** What the hub's pages show, read from the store: no texts, no amounts in words, nothing changed. */
@NullMarked
package etal.hub.view;

import org.jspecify.annotations.NullMarked;
