/** Signatures and sealing: ECDSA on P-256, COSE_Sign1 and COSE_Encrypt (RFC 9052, RFC 9053). */
@NullMarked
package etal.protocol.cose;

import org.jspecify.annotations.NullMarked;
