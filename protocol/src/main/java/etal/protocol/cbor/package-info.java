/** Deterministic CBOR (RFC 8949, 4.2.1), written one way and read only that way. */
@NullMarked
package etal.protocol.cbor;

import org.jspecify.annotations.NullMarked;
