/**
 * The link over MQTT 5 (OASIS MQTT 5.0), with the client library treated as a socket: connecting again, subscribing again
 * and giving up are ours, because the library's own reconnecting and buffering lose tokens.
 */
@NullMarked
package etal.edge.mqtt;

import org.jspecify.annotations.NullMarked;
