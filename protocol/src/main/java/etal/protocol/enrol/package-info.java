/** What terminal and registrar agree on before there is a certificate. */
@NullMarked
package etal.protocol.enrol;

import org.jspecify.annotations.NullMarked;
