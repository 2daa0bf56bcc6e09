package etal.edge.speech;

import etal.protocol.explain.Changes;
import etal.protocol.explain.Explain;
import etal.protocol.explain.Paragraph;
import etal.protocol.scheme.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A scheme read aloud: its rules in the language of an assembly. Immutable, safe for use by any thread. */
public final class RulesSpoken {
    private static final String TEXTS = "etal.protocol.explain.messages";

    private static final String BEFORE = "explain.preview.before";
    private static final String NOW = "explain.preview.now";
    private static final String GONE = "explain.preview.gone";
    private static final String NEW = "explain.preview.new";

    private final Speech speech;
    private final Scheme scheme;

    /** @param locale French, or English */
    public RulesSpoken(Scheme scheme, Locale locale) {
        this.scheme = scheme;
        this.speech = Speech.of(TEXTS, locale, scheme.unit());
    }

    /** Who speaks: for further sentences about schemes. */
    public Speech speech() {
        return speech;
    }

    /** The whole scheme as lines: a title, its rules each after a hyphen, an empty line. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Paragraph paragraph : Explain.paragraphs(scheme)) {
            lines.add(speech.speak(paragraph.title()));
            paragraph.sentences().forEach(sentence -> lines.add("- " + sentence(sentence)));
            lines.add("");
        }
        return List.copyOf(lines);
    }

    /** What changes with a next version: a title, each part's rules as they were and will be, an empty line between. */
    public List<String> changes(Scheme next) {
        List<String> lines = new ArrayList<>();
        lines.add(speech.say("explain.preview.title", scheme.version(), next.version(), next.holdsFrom()));
        lines.add("");
        List<Changes.OfPart> changes = Changes.between(scheme, next);
        if (changes.isEmpty()) {
            lines.add(speech.word("explain.preview.nothing"));
            lines.add("");
        }
        for (Changes.OfPart part : changes) {
            lines.add(speech.speak(part.title()));
            part.rules().forEach(rule -> {
                boolean both = rule.before().isPresent() && rule.after().isPresent();
                rule.before().ifPresent(old -> lines.add("- " + speech.say(both ? BEFORE : GONE, old)));
                rule.after().ifPresent(now -> lines.add((both ? "  " : "- ") + speech.say(both ? NOW : NEW, now)));
            });
            lines.add("");
        }
        return List.copyOf(lines);
    }

    /** One rule, marked if it is a hypothesis. */
    public String sentence(Paragraph.Sentence sentence) {
        String said = speech.speak(sentence.said());
        return sentence.assumed() ? said + " " + speech.word("explain.assumed") : said;
    }
}
