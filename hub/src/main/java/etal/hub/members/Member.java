package etal.hub.members;

import etal.protocol.card.Entitlement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A household with its card. Arrays and lists are not copied: nobody changes them.
 *
 * @param household its number; names stand elsewhere and never in the books
 * @param card the card's id, 8 bytes
 * @param certificate the card's certificate, 114 bytes
 * @param entitlement what the card may load: in the store as it was personalised, in the file as it is wanted now
 * @param contributionCents what the household pays each month
 * @param denied whether no stall may take the card any more
 * @param replaced id of the card in whose place it comes, 8 bytes, if it does
 * @param earlier of the file: entitlements of lower versions that a restored hub may have issued and forgotten
 */
public record Member(
        String household,
        byte[] card,
        byte[] certificate,
        int persons,
        Entitlement entitlement,
        long contributionCents,
        boolean denied,
        byte @Nullable [] replaced,
        List<Entitlement> earlier) {
    /** The version of an entitlement that no voucher has changed since the card was personalised. */
    public static final int FIRST_VERSION = 1;

    /** One of whose earlier entitlements nothing need be said. */
    public Member(
            String household,
            byte[] card,
            byte[] certificate,
            int persons,
            Entitlement entitlement,
            long contributionCents,
            boolean denied,
            byte @Nullable [] replaced) {
        this(household, card, certificate, persons, entitlement, contributionCents, denied, replaced, List.of());
    }

    /** A card in nobody's place. */
    public Member(
            String household,
            byte[] card,
            byte[] certificate,
            int persons,
            Entitlement entitlement,
            long contributionCents,
            boolean denied) {
        this(household, card, certificate, persons, entitlement, contributionCents, denied, null);
    }

    /** The same with entitlements of lower versions, for a hub that may have forgotten them. */
    public Member after(List<Entitlement> before) {
        return new Member(
                household, card, certificate, persons, entitlement, contributionCents, denied, replaced, before);
    }

    /** The card in whose place it comes. */
    public Optional<byte[]> replaces() {
        return Optional.ofNullable(replaced);
    }
}
