/** Sales once more under the rules of their day. */
@NullMarked
package etal.hub.reconcile.rules;

import org.jspecify.annotations.NullMarked;
