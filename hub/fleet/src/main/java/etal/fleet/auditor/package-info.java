/** An independent model of the money: it knows the plan and arithmetic, and nothing of the programs it judges. */
@NullMarked
package etal.fleet.auditor;

import org.jspecify.annotations.NullMarked;
