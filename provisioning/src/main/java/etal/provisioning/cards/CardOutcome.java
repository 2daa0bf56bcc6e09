package etal.provisioning.cards;

import etal.protocol.card.CardCertificate;

/** What became of the card on the reader. */
public sealed interface CardOutcome {
    /**
     * It is the fund's card now.
     *
     * @param recovered whether it had been locked before a crash and only the entry was missing
     */
    record Issued(IssuedCard card, boolean recovered) implements CardOutcome {}

    /** It was issued before and stays as it is. */
    record AlreadyIssued(IssuedCard card) implements CardOutcome {}

    /** It is locked and not in this list: another list's or another fund's card. */
    record Foreign(CardCertificate certificate) implements CardOutcome {}

    /** It refused a step of personalisation. Present it again, or set it aside. */
    record Refused(String step, int statusWord) implements CardOutcome {}

    /** It answered what no sound card answers (a key seen before, a signature that does not hold). Set it aside. */
    record Unsound(String step, String reason) implements CardOutcome {}
}
