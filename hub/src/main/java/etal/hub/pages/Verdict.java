package etal.hub.pages;

import etal.hub.core.HubCore.Evened;
import etal.hub.reconcile.Evening.Glance;
import etal.hub.view.Board;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the operator reads first: whether everything adds up, and if not, what to look at.
 *
 * @param level {@code good}, {@code warn} or {@code bad}, as the style sheet calls them
 * @param sentences what there is to look at, most urgent first; empty when all is well
 */
public record Verdict(String level, List<String> sentences) {
    /** The verdict on a board, with the last evening that was gone through. */
    static Verdict of(Board board, Optional<Evened> evened, Words words) {
        Glance glance = board.glance();
        List<String> bad = new ArrayList<>();
        List<String> warn = new ArrayList<>();
        List<String> calm = new ArrayList<>();
        if (!glance.holds()) {
            bad.add(words.say("verdict.broken"));
        }
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
