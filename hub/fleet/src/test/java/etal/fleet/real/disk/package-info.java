/** A disk as the kernel saw it written: every state in which a pulled plug or a failing disk can leave a till's files. */
@NullMarked
package etal.fleet.real.disk;

import org.jspecify.annotations.NullMarked;
