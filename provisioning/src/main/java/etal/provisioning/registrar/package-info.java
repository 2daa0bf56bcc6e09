/** The registrar: EST over secure CoAP (RFC 9148), where a terminal with a ticket becomes a terminal with a certificate. */
@NullMarked
package etal.provisioning.registrar;

import org.jspecify.annotations.NullMarked;
