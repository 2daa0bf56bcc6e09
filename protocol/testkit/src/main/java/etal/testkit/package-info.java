/**
 * What tests of every module share: seeds that are printed, child processes that are waited for with a bound, a
 * certificate authority of test secrets, and a link that can be cut.
 */
@NullMarked
package etal.testkit;

import org.jspecify.annotations.NullMarked;
