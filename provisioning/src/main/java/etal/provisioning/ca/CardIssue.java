package etal.provisioning.ca;

import etal.protocol.card.CardCertificate;

/** What became of a card's request. */
public sealed interface CardIssue {
    /** It is certified; asked again for the same card and key, the certificate is the same. */
    record Issued(CardCertificate certificate) implements CardIssue {}

    /** This card id or this key is certified already, with another key or for another card. A chip that repeats keys is broken. */
    record Taken(CardCertificate other) implements CardIssue {}
}
