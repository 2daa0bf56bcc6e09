/** Tests of what all pages share. */
@NullMarked
package etal.edge.page;

import org.jspecify.annotations.NullMarked;
