/**
 * The embedded broker: MQTT 5 over mutual TLS, where the certificate alone says who may speak and hear where.
 *
 * <p>It is trusted with nothing: it sees sealed and signed bytes, and what it loses is sent again.
 */
@NullMarked
package etal.hub.broker;

import org.jspecify.annotations.NullMarked;
