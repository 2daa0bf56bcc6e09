/** Bytes as they must be: a small strict reader and writer of CBOR (RFC 8949), and hashes. */
@NullMarked
package etal.fsck.bytes;

import org.jspecify.annotations.NullMarked;
