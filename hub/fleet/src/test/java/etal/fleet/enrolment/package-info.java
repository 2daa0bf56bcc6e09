/** Terminal and registrar together, each as it ships: the only place where both may be named. */
@NullMarked
package etal.fleet.enrolment;

import org.jspecify.annotations.NullMarked;
