/** Enrolment under test: cut anywhere, lied to, and left alone. */
@NullMarked
package etal.terminal.enrol;

import org.jspecify.annotations.NullMarked;
