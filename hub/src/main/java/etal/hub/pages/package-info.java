/** The hub's answers over HTTP. */
@NullMarked
package etal.hub.pages;

import org.jspecify.annotations.NullMarked;
