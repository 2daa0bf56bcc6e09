/** What a program tells the system that runs it as a service. */
@NullMarked
package etal.edge.service;

import org.jspecify.annotations.NullMarked;
