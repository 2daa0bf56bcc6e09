/** The receipt printer and the one way it fails. Nothing of value depends on it. */
@NullMarked
package etal.port.printer;

import org.jspecify.annotations.NullMarked;
