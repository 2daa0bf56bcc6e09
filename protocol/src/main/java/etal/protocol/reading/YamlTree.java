package etal.protocol.reading;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Turns YAML 1.2 text into a tree with line numbers, within bounds. The events are looked at before the tree is
 * built: they come one by one and need no recursion, so depth, size, aliases and documents are bounded first.
 */
public final class YamlTree {
    private static final int LENGTH_MAX = 128 * 1024;
    private static final int DEPTH_MAX = 10;
    private static final int EVENTS_MAX = 20_000;
    private static final String ROOT = "yaml";
    /** What Java reads where bytes are no UTF-8, as in a file saved in another encoding. */
    private static final char NO_CHARACTER = '\uFFFD';

    private final Faults faults;
    private int depth;
    private int events;
    private int documents;

    private YamlTree(Faults faults) {
        this.faults = faults;
    }

    /** The mapping at the root, or null after a fault. */
    public static @Nullable MappingNode read(String yaml, Faults faults) {
        if (yaml.length() > LENGTH_MAX) {
            Phrase found = Phrase.of("{0} characters", String.valueOf(yaml.length()));
            faults.add(1, ROOT, found, atMost(LENGTH_MAX), Optional.empty());
            return null;
        }
        int halfCharacter = halfCharacter(yaml);
        if (halfCharacter >= 0) {
            // The library's reader runs past its buffer when one ends in half a character.
            faults.add(lineAt(yaml, halfCharacter), ROOT, "half a character", "whole characters, UTF-8");
            return null;
        }
        int unknown = yaml.indexOf(NO_CHARACTER);
        if (unknown >= 0) {
            faults.add(lineAt(yaml, unknown), ROOT, "a character that is not UTF-8", "whole characters, UTF-8");
            return null;
        }
        try {
            LoadSettings settings = LoadSettings.builder().build();
            new YamlTree(faults).bound(new Parse(settings).parseString(yaml));
            return faults.none() ? root(new Compose(settings).composeString(yaml), faults) : null;
        } catch (MarkedYamlEngineException bad) {
            int line = line(bad.getProblemMark());
            malformed(yaml, line, String.valueOf(bad.getProblem()), faults);
        } catch (YamlEngineException | IllegalArgumentException bad) {
            // The engine lets its own complaint about a tag such as !%4 through as it is.
            malformed(yaml, 1, String.valueOf(bad.getMessage()), faults);
        }
        return null;
    }

    private static void malformed(String yaml, int line, String problem, Faults faults) {
        String text = yaml.lines().skip(line - 1L).findFirst().orElse("");
        faults.add(line, ROOT, Phrase.quoted(problem), Phrase.of("well-formed YAML 1.2"), Slips.yaml(text));
    }

    private static Phrase atMost(int count) {
        return Phrase.of("at most {0}", String.valueOf(count));
    }

    private static int lineAt(String text, int at) {
        return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    }

    /** Where a surrogate stands without its other half, or -1. */
    private static int halfCharacter(String text) {
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            if (Character.getType(text.codePointAt(at)) == Character.SURROGATE) {
                return at;
            }
        }
        return -1;
    }

    /** The line of a mark as people count, from 1; 1 if there is none. */
    public static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1;
    }

    private static @Nullable MappingNode root(Optional<Node> root, Faults faults) {
        if (root.isPresent() && root.get() instanceof MappingNode mapping) {
            return mapping;
        }
        faults.add(1, ROOT, root.isPresent() ? "no mapping" : "nothing", "a mapping of fields");
        return null;
    }

    /** Stops at the first event beyond the bounds: what follows is not looked at. */
    private void bound(Iterable<Event> stream) {
        for (Event event : stream) {
            check(event, line(event.getStartMark()));
            if (!faults.none()) {
                return;
            }
        }
    }

    private void check(Event event, int line) {
        events++;
        if (events > EVENTS_MAX) {
            Phrase found = Phrase.of("more than {0} elements", String.valueOf(EVENTS_MAX));
            faults.add(line, ROOT, found, atMost(EVENTS_MAX), Optional.empty());
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            // An alias can make a small file mean a huge one, or a tree that contains itself.
            faults.add(line, ROOT, "an anchor or alias", "every value written out");
        }
        switch (event.getEventId()) {
            case DocumentStart -> documents++;
            case MappingStart, SequenceStart -> depth++;
            case MappingEnd, SequenceEnd -> depth--;
            default -> {
                // Scalars and the stream's ends change no bound.
            }
        }
        if (depth > DEPTH_MAX) {
            Phrase found = Phrase.of("more than {0} levels", String.valueOf(DEPTH_MAX));
            faults.add(line, ROOT, found, atMost(DEPTH_MAX), Optional.empty());
        }
        if (documents > 1) {
            faults.add(line, ROOT, "a second document", "one document");
        }
    }
}
