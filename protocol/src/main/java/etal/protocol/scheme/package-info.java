/** The rules a fund has voted, as data: schemes in YAML, the product list, and what is wrong with a file, by line. */
@NullMarked
package etal.protocol.scheme;

import org.jspecify.annotations.NullMarked;
