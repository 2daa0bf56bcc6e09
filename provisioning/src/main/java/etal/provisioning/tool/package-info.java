/** The commands of provisioning: make the authorities, hand out tickets, serve the registrar, personalise cards. */
@NullMarked
package etal.provisioning.tool;

import org.jspecify.annotations.NullMarked;
