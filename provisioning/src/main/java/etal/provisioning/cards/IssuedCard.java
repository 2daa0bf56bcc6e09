package etal.provisioning.cards;

import etal.protocol.card.CardCertificate;
import etal.protocol.card.Entitlement;
import etal.protocol.cose.Hash;
import java.util.Locale;

/** A card that is locked and may be handed to a member. Immutable. */
public record IssuedCard(CardCertificate certificate, Entitlement entitlement) {
    /** The card's id, 16 hexadecimal digits. */
    public String id() {
        return Hash.hex(certificate.cardId());
    }

    /** The card's entry for the list of members: id, certificate in hexadecimal, and what it may load; a JSON object. */
    public String json() {
        return String.format(
                Locale.ROOT,
                "{\"card\":\"%s\",\"certificate\":\"%s\",\"entitlementCents\":%d,\"earnableCents\":%d,\"keepCents\":%d,"
                        + "\"pointOfSale\":%d,\"firstPeriod\":%d,\"lastPeriod\":%d,\"catchUpMonths\":%d}",
                id(),
                Hash.hex(certificate.encode()),
                entitlement.amountCents(),
                entitlement.earnableCents(),
                entitlement.keepCents(),
                entitlement.pointOfSale(),
                entitlement.firstPeriod(),
                entitlement.lastPeriod(),
                entitlement.catchUpMonths());
    }
}
