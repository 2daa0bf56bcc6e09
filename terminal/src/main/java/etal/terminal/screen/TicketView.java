package etal.terminal.screen;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The part of the screen that changes: both baskets, what is to be paid, and what can be done now. All texts are in the
 * reader's language. Immutable.
 *
 * @param version of what is shown
 * @param state the basket's, or {@code empty}
 * @param notice what the till says now
 * @param trouble what the till lacks, whatever basket is in hand
 * @param conventioned the lines the fund may pay for
 * @param other the others
 * @param total of both, as an amount
 * @param editable whether lines can be changed
 * @param shares who pays how much
 * @param choices the prices that can be chosen, in the order of the rules
 * @param tools pads that can be opened
 * @param buttons what can be done, the most usual first
 * @param parked baskets that wait for something and are not in hand
 * @param spoken what a screen reader says after a change
 * @param practises whether the till practises
 * @param gestures what can be touched in the place of a card while it does
 */
public record TicketView(
        long version,
        String state,
        Optional<Notice> notice,
        Optional<Notice> trouble,
        Half conventioned,
        Half other,
        String total,
        boolean editable,
        List<Share> shares,
        List<Choice> choices,
        List<Tool> tools,
        List<Button> buttons,
        List<Parked> parked,
        Light lamp,
        String spoken,
        boolean practises,
        List<Choice> gestures) {
    /** Whether a receipt can be asked for, and so whoever buys is to read that it is printed for those who ask alone. */
    public boolean offersReceipt() {
        return buttons.stream().anyMatch(button -> button.path().equals("/till/receipt"));
    }

    /** What is to be heard and seen from afar: accepted, refused, again where something is to be done once more, or nothing. */
    public String signal() {
        return switch (notice.map(Notice::kind).orElse("")) {
            case "good" -> "accepted";
            case "bad" -> "refused";
            case "warn" -> "again";
            default -> "";
        };
    }

    /**
     * A sentence.
     *
     * @param kind good, wait, warn or bad
     */
    public record Notice(String kind, String text) {}

    /** One of the two baskets, with its sum as an amount. */
    public record Half(List<Line> lines, String total) {}

    /**
     * One line.
     *
     * @param mark unique on the page
     * @param place in the basket, from 0
     * @param count units, or a weight
     * @param steps whether it is counted one by one
     * @param detail a price a kilogram; empty by the piece
     * @param fresh whether it was changed just now, and is to be seen
     */
    public record Line(
            String mark,
            int place,
            String product,
            String name,
            String count,
            boolean steps,
            String detail,
            String amount,
            boolean fresh) {}

    /**
     * A part of what is to be paid.
     *
     * @param strong the one to look at
     */
    public record Share(String label, String amount, boolean strong) {}

    /**
     * Something that can be done.
     *
     * @param path where it is posted
     * @param rank first, plain, or empty for an ordinary one
     */
    public record Button(String path, String label, String rank) {}

    /**
     * A price that can be chosen.
     *
     * @param label the gesture by which it is chosen, or its name where there is none
     * @param chosen whether it is asked now
     */
    public record Choice(String id, String label, String name, boolean chosen) {}

    /** A basket that waits. */
    public record Parked(String key, String label) {}

    /** A product that can be touched; one that is weighed asks for its weight. */
    public record Tile(String product, String name, String price, boolean conventioned, boolean weighed) {
        /** The address of the pad that asks for its weight. */
        public String pad() {
            return "pad=weight&product=" + URLEncoder.encode(product, StandardCharsets.UTF_8);
        }
    }

    /**
     * Something that can be opened for the basket in the place of the tiles.
     *
     * @param page its address for a browser without script
     * @param part its address for one with
     */
    public record Tool(String name, String page, String part, String label) {}

    /**
     * The lamp of what has gone up to the hub.
     *
     * @param kind good, wait or warn
     */
    public record Light(String kind, String text) {}
}
