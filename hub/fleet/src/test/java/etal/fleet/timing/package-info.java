@NullMarked
package etal.fleet.timing;

import org.jspecify.annotations.NullMarked;
