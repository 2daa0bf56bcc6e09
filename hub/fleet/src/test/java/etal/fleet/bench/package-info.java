@NullMarked
package etal.fleet.bench;

import org.jspecify.annotations.NullMarked;
