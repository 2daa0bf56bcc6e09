/** {@code etal bench}: how long things take, with the goals they are held to. Wall time is measured here and nowhere else. */
@NullMarked
package etal.fleet.bench;

import org.jspecify.annotations.NullMarked;
