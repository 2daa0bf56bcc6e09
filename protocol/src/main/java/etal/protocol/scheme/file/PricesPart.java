package etal.protocol.scheme.file;

import etal.protocol.card.Balances;
import etal.protocol.reading.Phrase;
import etal.protocol.reading.Section;
import etal.protocol.scheme.Bonus;
import etal.protocol.scheme.Funding;
import etal.protocol.scheme.Tariffs;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the sections {@code bonus} and {@code tariffs}. Immutable. */
record PricesPart(Amounts amounts) {
    private static final int TARIFF_PERCENT_MAX = 500;
    private static final Pattern PRODUCT = Pattern.compile("[^\\p{Cntrl}\\p{Cs}]{1,80}");

    Bonus bonus(Section section) {
        Bonus read = new Bonus(
                (int) section.whole("percent", 1, Amounts.PERCENT_MAX),
                section.has("labels") ? section.texts("labels", 1, 50, Amounts.ID, Amounts.ID_ALLOWED) : List.of(),
                section.has("families")
                        ? section.texts("families", 1, 200, Amounts.WORD, Amounts.WORD_ALLOWED)
                        : List.of(),
                section.has("places") ? places(section.section("places")) : Bonus.Places.ALL,
                amounts.of(section, "capPerPerson", Bonus.NO_CAP),
                amounts.of(section, "capPerHousehold", Bonus.NO_CAP),
                Amounts.flag(section, "onAllocationOnly"),
                section.has("funder") ? Amounts.id(section, "funder") : "");
        section.close();
        return read;
    }

    private static Bonus.Places places(Section section) {
        Bonus.Places read = new Bonus.Places(
                section.has("kinds") ? section.texts("kinds", 1, 20, Amounts.ID, Amounts.ID_ALLOWED) : List.of(),
                section.has("ids") ? section.wholes("ids", 1_000, 1, Amounts.NUMBER_MAX) : List.of());
        section.close();
        return read;
    }

    Tariffs tariffs(Section section) {
        boolean free = section.word("kind", List.of("choices", "freePrice")).equals("freePrice");
        Tariffs read = new Tariffs(
                free ? List.of() : section.sections("choices", 1, 10, PricesPart::choice),
                free,
                free ? (int) section.whole("least", 0, Amounts.PERCENT_MAX) : 0,
                free ? (int) section.whole("most", Amounts.PERCENT_MAX, TARIFF_PERCENT_MAX) : 0,
                section.word("difference", List.of("fund", "shop")).equals("shop")
                        ? Tariffs.Difference.SHOP
                        : Tariffs.Difference.FUND,
                amounts.of(section, "envelopePerDay", Balances.PURSE_MAX),
                !free && section.has("fixedPrices")
                        ? section.sections("fixedPrices", 0, 200, this::fixedPrice)
                        : List.of());
        section.close();
        return read;
    }

    private static Tariffs.Choice choice(Section section) {
        return new Tariffs.Choice(
                Amounts.id(section, "id"),
                Amounts.name(section),
                (int) section.whole("percent", 0, TARIFF_PERCENT_MAX),
                section.has("gesture") ? section.text("gesture", Amounts.NAME, Amounts.NAME_ALLOWED) : "",
                Amounts.flag(section, "entitled"));
    }

    private Tariffs.FixedPrice fixedPrice(Section section) {
        return new Tariffs.FixedPrice(
                Amounts.id(section, "choice"),
                section.text("product", PRODUCT, "a product of the catalogue"),
                amounts.of(section, "price"));
    }

    /** Whoever owes the bonus must be among the funders. */
    static void check(Section section, Bonus bonus, Funding funding) {
        boolean known = bonus.funder().isEmpty()
                || funding.funders().stream()
                        .anyMatch(funder -> funder.id().equals(bonus.funder()) && funder.pays() == Funding.Pays.BONUS);
        if (!known) {
            section.refuse(
                    "funder",
                    Phrase.of("{0} pays no bonus", bonus.funder()),
                    Phrase.of("the id of one in funding.funders with pays bonus"));
        }
    }

    /** What does not fit together, each part being well-formed. */
    static void check(Section section, Tariffs tariffs) {
        if (Checks.twice(tariffs.choices(), Tariffs.Choice::id)) {
            section.refuse("choices", "an id twice", "each id once");
        }
        boolean fair = tariffs.choices().stream().anyMatch(choice -> choice.percent() == Tariffs.FAIR_PERCENT);
        if (!tariffs.freePrice() && !fair) {
            section.refuse("choices", "no fair price", "one choice at percent 100");
        }
        boolean known = tariffs.fixedPrices().stream()
                .allMatch(price -> tariffs.choice(price.choice()).isPresent());
        if (!known) {
            section.refuse("fixedPrices", "a choice that is not there", "an id of choices");
        }
    }
}
