/** What a process is told at its start, and its clock, entropy, loop and parent. */
@NullMarked
package etal.edge.config;

import org.jspecify.annotations.NullMarked;
