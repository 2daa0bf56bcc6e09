/** TLS 1.3 with certificates on both sides (RFC 8446), where the certificate's role decides who is who. */
@NullMarked
package etal.edge.tls;

import org.jspecify.annotations.NullMarked;
