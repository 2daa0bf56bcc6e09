package etal.terminal.basket;

import etal.protocol.split.Split;
import java.util.List;
import java.util.OptionalLong;

/**
 * How a basket is to be paid, as far as somebody has said it. Immutable.
 *
 * @param cardMostCents the most that the card may pay, by its member's word
 * @param tenders what of the rest is not paid in cash, each means at most once
 */
public record Paying(OptionalLong cardMostCents, List<Tender> tenders) {
    /** Nobody has said anything: what the card does not pay is paid in cash. */
    public static final Paying UNSAID = new Paying(OptionalLong.empty(), List.of());

    /** Copies the list. */
    public Paying {
        tenders = List.copyOf(tenders);
    }

    /** With another word of the member's. */
    public Paying upTo(OptionalLong most) {
        return new Paying(most, tenders);
    }

    /** With other tenders. */
    public Paying by(List<Tender> others) {
        return new Paying(cardMostCents, others);
    }

    /** What is not paid in cash. */
    public long tenderedCents() {
        return tenders.stream().mapToLong(Tender::amountCents).sum();
    }

    /** The most that the card may pay, for the split. */
    public long mostCents() {
        return cardMostCents.orElse(Split.NO_WORD_CENTS);
    }
}
