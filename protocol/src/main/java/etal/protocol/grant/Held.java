package etal.protocol.grant;

import etal.protocol.card.Entitlement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;

/**
 * What a card may be holding as its entitlement: the last one it has confirmed, and those issued since, any of which
 * may have reached it. Immutable.
 *
 * @param possible by rising version; the first is the confirmed one unless nothing was confirmed yet
 * @param deniedThrough if the card is lost: the last month in which some terminal may still take it
 */
public record Held(List<Entitlement> possible, OptionalInt deniedThrough) {
    /** A card fresh from personalisation. */
    public static final Held NEW = new Held(List.of(), OptionalInt.empty());

    /** Takes its own copy of the list. */
    public Held {
        possible = List.copyOf(possible);
    }

    /** The entitlement issued last. */
    public Optional<Entitlement> issued() {
        return possible.isEmpty() ? Optional.empty() : Optional.of(possible.getLast());
    }

    /** Whether the card has confirmed what was issued last. */
    public boolean settled() {
        return possible.size() <= 1;
    }

    /** After another entitlement was issued. @throws IllegalArgumentException if its version is not higher */
    public Held issue(Entitlement entitlement) {
        if (issued().isPresent() && entitlement.version() <= issued().get().version()) {
            throw new IllegalArgumentException("the version must rise");
        }
        List<Entitlement> more = new ArrayList<>(possible);
        if (more.isEmpty()) {
            // Until it is confirmed the card may hold nothing, which counts as nothing.
            more.add(new Entitlement(0, 0, 0, Entitlement.EVERYWHERE, 0, 0, 0, 0));
        }
        more.add(entitlement);
        return new Held(more, deniedThrough);
    }

    /** After the card was seen to hold that version: what is older cannot come back, the highest version wins. */
    public Held confirm(int version) {
        return possible.stream().anyMatch(one -> one.version() == version)
                ? new Held(
                        possible.stream()
                                .filter(one -> one.version() >= version)
                                .toList(),
                        deniedThrough)
                : this;
    }

    /** After the card was denied: from the month after that one on it loads nothing anywhere. */
    public Held denied(int throughPeriod) {
        return new Held(possible, OptionalInt.of(throughPeriod));
    }

    /** The most that the card may be able to load for a month. */
    long mostCents(int period, ToLongFunction<Entitlement> purse) {
        if (deniedThrough.isPresent() && period > deniedThrough.getAsInt()) {
            return 0;
        }
        return possible.stream()
                .filter(one -> one.holdsIn(period))
                .mapToLong(purse)
                .max()
                .orElse(0);
    }
}
