/** Applets that break the rules, so that the harness is seen to notice. */
@NullMarked
package etal.virtualcard.toy;

import org.jspecify.annotations.NullMarked;
