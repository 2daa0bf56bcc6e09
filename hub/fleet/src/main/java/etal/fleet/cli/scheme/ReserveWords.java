package etal.fleet.cli.scheme;

import etal.edge.speech.Speech;
import etal.protocol.draw.Projection;
import etal.protocol.draw.ReservePicture;
import etal.protocol.scheme.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a projection says in sentences: where it starts, where it ends, and what the contributions cover. */
record ReserveWords(Speech speech, Scheme scheme, Projection projection) {
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add(speech.say(
                "project.start",
                scheme.name(),
                projection.reserve().availableCents(),
                projection.reserve().floorCents(),
                projection.reserve().spentPercent()));
        sentences.add(outcome());
        covered().ifPresent(sentences::add);
        return sentences;
    }

    ReservePicture.Words picture() {
        return new ReservePicture.Words(
                speech.locale().getLanguage(),
                speech.say("project.title", scheme.name()),
                speech.say(
                                "project.start",
                                scheme.name(),
                                projection.reserve().availableCents(),
                                projection.reserve().floorCents(),
                                projection.reserve().spentPercent())
                        + " " + outcome(),
                speech.say("project.floor", projection.reserve().floorCents()));
    }

    private String outcome() {
        Projection.Month last = projection.months().getLast();
        Optional<Projection.Month> below = projection.belowFloor();
        return below.isPresent()
                ? speech.say(
                        "project.below",
                        below.get().month(),
                        below.get().reserveCents(),
                        last.month(),
                        last.reserveCents())
                : speech.say("project.holds", last.month(), last.reserveCents());
    }

    /** Which share of what is spent the contributions cover, rounded down; beside the fund's aim if it has one. */
    private Optional<String> covered() {
        long inCents = projection.months().stream()
                .mapToLong(Projection.Month::contributionsCents)
                .sum();
        long outCents = projection.months().stream()
                .mapToLong(month -> month.spentCents() + month.otherCostsCents())
                .sum();
        if (outCents == 0) {
            return Optional.empty();
        }
        long percent = inCents * 100 / outCents;
        int aim = scheme.contribution().budgetPercent();
        return Optional.of(
                aim > 0 ? speech.say("project.covered-aim", percent, aim) : speech.say("project.covered", percent));
    }
}
