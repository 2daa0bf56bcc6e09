/** What a fund grants: a month's opening, what each card may load, and in which order its entitlement changes. */
@NullMarked
package etal.protocol.grant;

import org.jspecify.annotations.NullMarked;
