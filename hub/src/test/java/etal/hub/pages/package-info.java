/** What etal.hub.pages promises, as tests. */
@NullMarked
package etal.hub.pages;

import org.jspecify.annotations.NullMarked;
