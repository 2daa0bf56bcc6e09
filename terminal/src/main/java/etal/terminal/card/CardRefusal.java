package etal.terminal.card;

/** Why a card is not taken, before anything was asked of its purses. */
public enum CardRefusal {
    /** It does not answer as a food card does. */
    NOT_A_FOOD_CARD,
    /** It is a payment card of a bank. */
    BANK_CARD,
    /** It is a telephone that offers its payment cards. */
    PHONE,
    /** It is another fund's. */
    OTHER_FUND,
    /** It is of a fund that this one has agreed to settle with; its cards are not taken yet. */
    SISTER_FUND,
    /** Its certificate is not the card CA's. */
    NOT_GENUINE,
    /** Its certificate has ended. */
    EXPIRED,
    /** It is a test card, which buys nothing. */
    TEST_CARD,
    /** The fund has denied it: lost, stolen, withdrawn. */
    DENIED,
    /** The fund has blocked it for good, and its newest record says so. */
    BLOCKED,
    /** It is still being personalised. */
    NOT_READY,
    /** It does not accept this terminal's certificate. */
    TERMINAL_NOT_ACCEPTED,
    /** It pays at the point of sale its household has chosen, and this is another. */
    OTHER_POINT_OF_SALE,
    /** The terminal has not heard the hub for longer than the rules allow: it takes no card. */
    TOO_LONG_OFFLINE,
    /** It answered something that cannot be read. */
    UNREADABLE
}
