/** The authorities under test: what they certify, and what a crash leaves. */
@NullMarked
package etal.provisioning.ca;

import org.jspecify.annotations.NullMarked;
