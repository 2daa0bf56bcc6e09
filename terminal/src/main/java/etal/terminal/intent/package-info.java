/**
 * What the till was going to ask of a card, durable before it is asked: to pay, or to take back what it paid. And the table
 * by which an unknown outcome is decided when the card lies there again.
 */
@NullMarked
package etal.terminal.intent;

import org.jspecify.annotations.NullMarked;
