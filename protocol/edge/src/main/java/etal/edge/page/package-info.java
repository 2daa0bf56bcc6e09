/** What all pages of the house share: frame, language, look, and parts that renew themselves. */
@NullMarked
package etal.edge.page;

import org.jspecify.annotations.NullMarked;
