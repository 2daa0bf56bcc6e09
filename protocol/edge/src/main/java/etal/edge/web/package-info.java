/**
 * A small web server for a node's own screen and for the hands that drive it: on this machine only, JSON, bounded, and
 * every handler on the node's loop.
 */
@NullMarked
package etal.edge.web;

import org.jspecify.annotations.NullMarked;
