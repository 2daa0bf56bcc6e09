/** Card readers behind the system's PC/SC service, through {@code javax.smartcardio}; terminal and workbench stand on it. */
@NullMarked
package etal.edge.pcsc;

import org.jspecify.annotations.NullMarked;
