/** The pages as people use them: a real browser, the demo as its user starts it, and the whole story of an afternoon. */
@NullMarked
package etal.fleet.browser;

import org.jspecify.annotations.NullMarked;
