/** The commands under test, in this process and as processes of their own that are killed. */
@NullMarked
package etal.provisioning.tool;

import org.jspecify.annotations.NullMarked;
