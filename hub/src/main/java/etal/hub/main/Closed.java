package etal.hub.main;

import etal.hub.restore.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a restored hub still waits for, as `status` says it. Stateless. */
final class Closed {
    private Closed() {}

    /** One sentence that the gates are closed, and one for each; nothing while they are open. */
    static List<String> sentences(@Nullable Standing standing, Sentences words) {
        List<String> said = new ArrayList<>();
        if (standing == null) {
            return said;
        }
        said.add(words.say("restored.closed", standing.generation(), Instant.ofEpochMilli(standing.knownMillis())));
        if (!standing.terminals().isEmpty()) {
            String terminals =
                    standing.terminals().stream().map(String::valueOf).collect(Collectors.joining(", "));
            said.add(words.say("restored.terminals", terminals));
        }
        if (standing.statement()) {
            said.add(words.say("restored.statement", Instant.ofEpochMilli(standing.knownMillis())));
        }
        if (standing.cards() > 0) {
            said.add(words.say("restored.cards", standing.cards(), Instant.ofEpochMilli(standing.cardsUntilMillis())));
        }
        return said;
    }
}
