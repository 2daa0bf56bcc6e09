/** What terminal and hub send each other over MQTT, as {@code etal.cddl} says it. */
@NullMarked
package etal.protocol.sync;

import org.jspecify.annotations.NullMarked;
