package etal.protocol.scheme.file;

import etal.protocol.card.Balances;
import etal.protocol.reading.Section;
import etal.protocol.scheme.CardRules;
import etal.protocol.scheme.CardRules.CarryOver;
import etal.protocol.scheme.CardRules.Purse;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads the section {@code card}. Immutable. */
record CardPart(Amounts amounts) {
    private static final List<String> WORDS = List.of("all", "none");

    /** What holds when the section is left out, as a fund without value on cards may do. */
    static final CardRules NONE = new CardRules(
            0,
            List.of(Purse.ALLOCATION, Purse.BONUS),
            CarryOver.ALL,
            0,
            1,
            Balances.PURSE_MAX,
            CardRules.OFFLINE_DAYS_MAX);

    CardRules read(Section section) {
        CardRules read = new CardRules(
                amounts.of(section, "loadCap"),
                section.has("spendingOrder") ? order(section) : NONE.spendingOrder(),
                carryOver(section),
                Amounts.whole(section, "catchUp", 0, CardRules.CATCH_UP_MAX, 0),
                Amounts.whole(section, "cards", 1, CardRules.CARDS_MAX, 1),
                amounts.of(section, "saleMost", Balances.PURSE_MAX),
                Amounts.whole(section, "offlineDays", 1, CardRules.OFFLINE_DAYS_MAX, CardRules.OFFLINE_DAYS_MAX));
        section.close();
        return read;
    }

    private static List<Purse> order(Section section) {
        List<String> purses = Stream.of(Purse.values())
                .map(purse -> purse.name().toLowerCase(Locale.ROOT))
                .toList();
        return section.words("spendingOrder", 1, purses).stream()
                .map(word -> Purse.valueOf(word.toUpperCase(Locale.ROOT)))
                .toList();
    }

    /** {@code all}, {@code none}, or a mapping with {@code most} (an amount) or {@code months} or both. */
    private CarryOver carryOver(Section card) {
        if (!card.has("carryOver")) {
            return CarryOver.ALL;
        }
        if (card.isScalar("carryOver")) {
            return card.word("carryOver", WORDS).equals("none") ? new CarryOver(0, -1) : CarryOver.ALL;
        }
        Section section = card.section("carryOver");
        CarryOver read = new CarryOver(
                amounts.of(section, "most", Balances.PURSE_MAX), Amounts.whole(section, "months", 0, 12, -1));
        section.close();
        return read;
    }
}
