/** The auditor of one till, one card and one hub, who knows only what somebody wanted to buy. */
@NullMarked
package etal.fleet.auditor.errand;

import org.jspecify.annotations.NullMarked;
