package etal.protocol.scheme.file;

import etal.protocol.reading.Section;
import etal.protocol.scheme.Convention;
import java.util.List;
import java.util.Optional;

/** Reads the section {@code convention}. Stateless. */
final class ConventionPart {
    private ConventionPart() {}

    static Convention read(Section section) {
        Convention read = new Convention(
                PointsOfSalePart.read(section),
                section.has("families") ? section.sections("families", 0, 200, ConventionPart::family) : List.of(),
                Amounts.whole(section, "otherFamilies", 0, Amounts.PERCENT_MAX, Amounts.PERCENT_MAX),
                section.has("labels") ? Optional.of(labels(section.section("labels"))) : Optional.empty());
        section.close();
        return read;
    }

    private static Convention.Family family(Section section) {
        return new Convention.Family(
                section.text("family", Amounts.WORD, Amounts.WORD_ALLOWED), Amounts.percent(section, "coverage"));
    }

    private static Convention.Labels labels(Section section) {
        Convention.Labels read = new Convention.Labels(
                section.sections(
                        "rates",
                        1,
                        50,
                        rate -> new Convention.Labels.Rate(
                                Amounts.id(rate, "label"), Amounts.percent(rate, "coverage"))),
                Amounts.percent(section, "without"));
        if (Checks.twice(read.rates(), Convention.Labels.Rate::label)) {
            section.refuse("rates", "a label twice", "each label once");
        }
        section.close();
        return read;
    }

    /** What does not fit together, each part being well-formed. */
    static void check(Section section, Convention convention) {
        if (Checks.twice(convention.families(), Convention.Family::family)) {
            section.refuse("families", "a family twice", "each family once");
        }
        PointsOfSalePart.check(section, convention.pointsOfSale());
    }
}
