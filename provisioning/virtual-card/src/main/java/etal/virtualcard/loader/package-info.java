/** Loads simulator and applet into a world of their own and rewrites both on the way in. */
@NullMarked
package etal.virtualcard.loader;

import org.jspecify.annotations.NullMarked;
