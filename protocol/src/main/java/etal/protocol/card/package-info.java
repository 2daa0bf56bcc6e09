/** The food card as a terminal and the hub see it: certificates, records, commands and answers, byte by byte. */
@NullMarked
package etal.protocol.card;

import org.jspecify.annotations.NullMarked;
