/** The registrar under test: over real DTLS on loopback, with clients of two makes. */
@NullMarked
package etal.provisioning.registrar;

import org.jspecify.annotations.NullMarked;
