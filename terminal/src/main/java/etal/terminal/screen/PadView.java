package etal.terminal.screen;

import java.util.List;
import java.util.Map;

/**
 * The pad in the place of the tiles: something to type, and what it can be sent as. All texts are in the reader's language.
 * Immutable.
 *
 * @param kind which pad, see {@link Pad}
 * @param title what is asked
 * @param hint a word about it; empty for none
 * @param suffix the unit behind the digits
 * @param preset what stands there to begin with; empty for nothing
 * @param about what the touches carry beside the digits
 * @param fields further things to type; most pads have none
 * @param sends what the digits can be sent as, the most usual first
 */
public record PadView(
        String kind,
        String title,
        String hint,
        String suffix,
        String preset,
        Map<String, String> about,
        List<Field> fields,
        List<Send> sends) {
    /**
     * Something else to type.
     *
     * @param suggestions what is usual there; any other text is as good
     */
    public record Field(String name, String label, String preset, boolean digits, List<String> suggestions) {}

    /**
     * A button that sends the pad.
     *
     * @param path where it is posted
     * @param value what the button itself says, under the name {@code as}; empty for nothing
     * @param rank first, plain, or empty for an ordinary one
     */
    public record Send(String path, String value, String label, String rank) {}
}
