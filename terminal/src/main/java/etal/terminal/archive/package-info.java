/** The signed archive of a period: what an inspector is handed and can check without any program of ours. */
@NullMarked
package etal.terminal.archive;

import org.jspecify.annotations.NullMarked;
