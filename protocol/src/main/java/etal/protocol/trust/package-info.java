/** The fund's certificates: who may sign what, checked from the root down. */
@NullMarked
package etal.protocol.trust;

import org.jspecify.annotations.NullMarked;
