package etal.hub.pages;

import etal.hub.core.HubCore.Evened;
import etal.hub.reconcile.Evening.Glance;
import etal.hub.restore.Standing;
import etal.hub.view.Board;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the operator reads first: whether everything adds up, and if not, what to look at.
 *
 * @param level {@code good}, {@code warn} or {@code bad}, as the style sheet calls them
 * @param sentences what there is to look at, most urgent first; empty when all is well
 */
public record Verdict(String level, List<String> sentences) {
    /** The verdict on a board, with the last evening that was gone through. */
    static Verdict of(Board board, Optional<Evened> evened, Optional<Standing> restored, Words words) {
        Glance glance = board.glance();
        List<String> bad = new ArrayList<>();
        List<String> warn = new ArrayList<>();
        List<String> calm = new ArrayList<>();
        if (!glance.holds()) {
            bad.add(words.say("verdict.broken"));
        }
        restored.ifPresent(standing -> closed(standing, warn, words));
        evened.ifPresent(last -> add(
                warn, words, "verdict.differences", last.evening().unexplained().size()));
        add(warn, words, "verdict.suspense", glance.suspense());
        add(warn, words, "verdict.quarantine", glance.quarantine());
        add(warn, words, "verdict.forks", glance.forks());
        add(calm, words, "verdict.doubt", glance.inDoubt());
        String level = !bad.isEmpty() ? "bad" : warn.isEmpty() ? "good" : "warn";
        List<String> sentences = new ArrayList<>(bad);
        sentences.addAll(warn);
        sentences.addAll(calm);
        return new Verdict(level, sentences);
    }

    private static void closed(Standing standing, List<String> sentences, Words words) {
        if (!standing.terminals().isEmpty()) {
            String terminals =
                    standing.terminals().stream().map(String::valueOf).collect(Collectors.joining(", "));
            sentences.add(words.say("restored.terminals", terminals));
        }
        if (standing.statement()) {
            sentences.add(words.say("restored.statement"));
        }
        if (standing.cards() > 0) {
            sentences.add(words.count("restored.cards", standing.cards(), words.moment(standing.cardsUntilMillis())));
        }
    }

    /** A mark beside the words, so that no one needs the colour. */
    public String sign() {
        return level.equals("good") ? "✓" : "!";
    }

    private static void add(List<String> sentences, Words words, String key, int count) {
        if (count > 0) {
            sentences.add(words.count(key, count));
        }
    }
}
