package etal.protocol.explain;

import etal.protocol.Said;
import etal.protocol.scheme.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What changes from one version of a scheme to the next, rule by rule. Stateless. */
public final class Changes {
    private Changes() {}

    /**
     * What changes about one part.
     *
     * @param title of the part
     * @param rules those that go, come or become others
     */
    public record OfPart(Said title, List<OfRule> rules) {
        /** Takes its own copy of the list. */
        public OfPart {
            rules = List.copyOf(rules);
        }
    }

    /** A rule that was, a rule that will be, or both where one takes the other's place. */
    public record OfRule(Optional<Said> before, Optional<Said> after) {}

    /** All changes, in the order in which the rules are told; the version and its day are none. */
    public static List<OfPart> between(Scheme before, Scheme after) {
        List<Paragraph> old = Explain.paragraphs(before);
        List<Paragraph> next = Explain.paragraphs(after);
        List<OfPart> changes = new ArrayList<>();
        List<Said> titles = new ArrayList<>();
        old.forEach(paragraph -> titles.add(paragraph.title()));
        next.stream()
                .map(Paragraph::title)
                .filter(title -> !titles.contains(title))
                .forEach(titles::add);
        for (Said title : titles) {
            List<OfRule> rules = rules(said(old, title), said(next, title));
            if (!rules.isEmpty()) {
                changes.add(new OfPart(title, rules));
            }
        }
        return changes;
    }

    private static List<Said> said(List<Paragraph> paragraphs, Said title) {
        return paragraphs.stream()
                .filter(paragraph -> paragraph.title().equals(title))
                .flatMap(paragraph -> paragraph.sentences().stream())
                .map(Paragraph.Sentence::said)
                .filter(said -> !said.key().equals("explain.head.version"))
                .toList();
    }

    private static List<OfRule> rules(List<Said> before, List<Said> after) {
        List<Said> gone = new ArrayList<>(before);
        List<Said> come = new ArrayList<>(after);
        after.forEach(gone::remove);
        before.forEach(come::remove);
        List<OfRule> rules = new ArrayList<>();
        for (Said old : gone) {
            Optional<Said> successor =
                    come.stream().filter(next -> sameRule(old, next)).findFirst();
            successor.ifPresent(come::remove);
            rules.add(new OfRule(Optional.of(old), successor));
        }
        come.forEach(next -> rules.add(new OfRule(Optional.empty(), Optional.of(next))));
        return rules;
    }

    /** The same sentence about the same thing with another figure in it; what it is about stands first if it has a name. */
    private static boolean sameRule(Said one, Said other) {
        boolean named = one.args().getFirst() instanceof String;
        return root(one).equals(root(other))
                && (!named
                        || one.args().getFirst().equals(other.args().getFirst())
                        || one.args().size() == 1);
    }

    private static String root(Said said) {
        return said.key().replaceAll("\\.(never|wholly|one|most|less|more|fair|persons)$", "");
    }
}
