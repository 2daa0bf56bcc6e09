/** Who may sign what: certificates, their chains to the fund's root, and ES256 by the JDK. */
@NullMarked
package etal.fsck.trust;

import org.jspecify.annotations.NullMarked;
