/** Private keys in software and in files, and PEM (RFC 7468). */
@NullMarked
package etal.edge.keys;

import org.jspecify.annotations.NullMarked;
