package etal.terminal.card;

/** What is known after a key update was sent. */
public sealed interface KeyResult {
    /** The card has the key. */
    record Taken() implements KeyResult {}

    /** The card said by its own word that it has not. */
    record Refused(int statusWord) implements KeyResult {}

    /** An answer that proves nothing: SELECT tells which generation the card has. */
    record Unclear() implements KeyResult {}
}
