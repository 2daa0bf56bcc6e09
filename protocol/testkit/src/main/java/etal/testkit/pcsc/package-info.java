/** The system's real PC/SC service with a virtual reader, for tests: one of the test's own, beside any that runs already. */
@NullMarked
package etal.testkit.pcsc;

import org.jspecify.annotations.NullMarked;
