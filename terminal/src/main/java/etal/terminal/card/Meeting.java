package etal.terminal.card;

/** What came of looking at a card. */
public sealed interface Meeting {
    /** A genuine card of the fund. */
    record Met(CardSession session) implements Meeting {}

    /** A card that says it is of another fund, which nobody here can check. */
    record OtherFund(long fund) implements Meeting {}

    /** Not taken; nothing was asked of its purses. */
    record Refused(CardRefusal why) implements Meeting {}
}
