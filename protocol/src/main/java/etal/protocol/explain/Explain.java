package etal.protocol.explain;

import etal.protocol.scheme.Scheme;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Says every rule of a scheme in sentences, and nothing else. The texts stand in {@code etal.protocol.explain.messages}.
 * A pure function, stateless.
 */
public final class Explain {
    private static final int MICROS_DECIMALS = 6;

    private Explain() {}

    /** The whole scheme, part by part; parts without a rule are left out. */
    public static List<Paragraph> paragraphs(Scheme scheme) {
        List<Paragraph> paragraphs = new ArrayList<>();
        paragraphs.add(head(scheme));
        add(paragraphs, AllocationTold.of(scheme));
        add(paragraphs, ContributionTold.of(scheme));
        add(paragraphs, ConventionTold.of(scheme));
        add(paragraphs, BonusTold.of(scheme));
        add(paragraphs, TariffsTold.of(scheme));
        add(paragraphs, CardTold.of(scheme));
        add(paragraphs, AdmissionTold.of(scheme));
        add(paragraphs, FundingTold.of(scheme));
        add(paragraphs, assumptions(scheme));
        return List.copyOf(paragraphs);
    }

    private static void add(List<Paragraph> paragraphs, Paragraph paragraph) {
        if (!paragraph.sentences().isEmpty()) {
            paragraphs.add(paragraph);
        }
    }

    private static Paragraph head(Scheme scheme) {
        Telling telling = new Telling(scheme);
        telling.say("name", "head.name", scheme.name());
        telling.say("holdsFrom", "head.version", scheme.version(), scheme.holdsFrom());
        telling.say("id", "head.fund", scheme.id(), String.valueOf(scheme.fund()));
        telling.say("zone", "head.zone", scheme.zone().getId());
        telling.say(
                "unit",
                "head.unit",
                scheme.unit().code(),
                scheme.unit().symbol(),
                scheme.unit().decimals());
        boolean itself = scheme.unit().code().equals(scheme.parity().currency())
                && scheme.parity().micros() == Scheme.Parity.PAR;
        if (!itself) {
            BigDecimal rate = BigDecimal.valueOf(scheme.parity().micros(), MICROS_DECIMALS);
            telling.say(
                    "unit.parity",
                    "head.parity",
                    scheme.unit().code(),
                    rate,
                    scheme.parity().currency());
        }
        return telling.under("head");
    }

    private static Paragraph assumptions(Scheme scheme) {
        Telling telling = new Telling(scheme);
        for (Scheme.Assumption assumption : scheme.assumptions()) {
            telling.say("-", "assumption", assumption.text(), assumption.field());
        }
        return telling.under("assumptions");
    }
}
