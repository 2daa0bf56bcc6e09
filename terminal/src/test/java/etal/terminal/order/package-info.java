/** Tests of what the fund has for its cards. */
@NullMarked
package etal.terminal.order;

import org.jspecify.annotations.NullMarked;
