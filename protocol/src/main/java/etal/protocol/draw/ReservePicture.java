package etal.protocol.draw;

import java.util.List;
import java.util.function.LongFunction;

/**
 * A reserve month by month as a picture: SVG 1.1, one bar a month, a line for the floor and one for zero, and what it
 * shows as title and description for those who do not see it. It needs neither style sheet nor script, so it may stand
 * on any page. The colours are the tokens of {@code etal.css}. Stateless.
 *
 * @param words what is written on it, in one language
 * @param amount says an amount, as {@code 12,50 €}
 */
public record ReservePicture(Words words, LongFunction<String> amount) {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 360;
    private static final int LEFT = 130;
    private static final int RIGHT = 20;
    private static final int TOP = 50;
    private static final int BOTTOM = 60;
    private static final String INK = "#1f2a24";
    private static final String SHEET = "#ffffff";
    private static final String LINE_STRONG = "#7d8078";
    private static final String FUND = "#1d5a3a";
    private static final String BAD = "#8f2a1c";

    /**
     * What is written on the picture.
     *
     * @param language ISO 639-1
     * @param title its heading
     * @param description what it shows, in a sentence or two
     * @param floor beside the floor's line
     */
    public record Words(String language, String title, String description, String floor) {}

    /** What is highest and lowest on the picture, zero and floor among it. */
    private record Scale(long mostCents, long leastCents) {
        static Scale of(List<Projection.Month> months, long floorCents) {
            long most = Math.max(1, floorCents);
            long least = 0;
            for (Projection.Month month : months) {
                most = Math.max(most, month.reserveCents());
                least = Math.min(least, month.reserveCents());
            }
            return new Scale(most, least);
        }

        int y(long cents) {
            long range = mostCents - leastCents;
            return TOP + (int) ((mostCents - cents) * (HEIGHT - TOP - BOTTOM) / range);
        }
    }

    /** The picture's text, UTF-8 when written to a file. */
    public String of(Projection projection) {
        List<Projection.Month> months = projection.months();
        long floorCents = projection.reserve().floorCents();
        Scale scale = Scale.of(months, floorCents);
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                + "\" width=\"" + WIDTH + "\" height=\"" + HEIGHT + "\" role=\"img\" xml:lang=\""
                + escaped(words.language()) + "\" aria-labelledby=\"title desc\" font-family=\"sans-serif\""
                + " font-size=\"14\" fill=\"" + INK + "\">\n");
        svg.append("<title id=\"title\">" + escaped(words.title()) + "</title>\n");
        svg.append("<desc id=\"desc\">" + escaped(words.description()) + "</desc>\n");
        svg.append("<rect width=\"" + WIDTH + "\" height=\"" + HEIGHT + "\" fill=\"" + SHEET + "\"/>\n");
        text(svg, LEFT, 28, "start", words.title(), " font-size=\"18\" font-weight=\"bold\"");
        bars(svg, months, floorCents, scale);
        line(svg, scale.y(0), LINE_STRONG, "");
        text(svg, LEFT - 8, scale.y(0) + 5, "end", amount.apply(0), "");
        if (scale.y(scale.mostCents()) + 16 < Math.min(scale.y(0), scale.y(floorCents))) {
            text(svg, LEFT - 8, scale.y(scale.mostCents()) + 5, "end", amount.apply(scale.mostCents()), "");
        }
        line(svg, scale.y(floorCents), BAD, " stroke-dasharray=\"6 4\"");
        text(
                svg,
                WIDTH - RIGHT,
                scale.y(floorCents) - 6,
                "end",
                words.floor(),
                " fill=\"" + BAD + "\"" + " stroke=\"" + SHEET + "\" stroke-width=\"4\" paint-order=\"stroke\"");
        return svg.append("</svg>\n").toString();
    }

    private void bars(StringBuilder svg, List<Projection.Month> months, long floorCents, Scale scale) {
        int slot = (WIDTH - LEFT - RIGHT) / months.size();
        // So many months are named that the names do not touch.
        int named = Math.max(1, (70 + slot - 1) / slot);
        for (int at = 0; at < months.size(); at++) {
            Projection.Month month = months.get(at);
            int top = Math.min(scale.y(month.reserveCents()), scale.y(0));
            int height = Math.abs(scale.y(month.reserveCents()) - scale.y(0));
            int x = LEFT + at * slot;
            svg.append("<rect x=\"" + (x + 1) + "\" y=\"" + top + "\" width=\"" + Math.max(1, slot - 2) + "\" height=\""
                    + height + "\" fill=\"" + (month.reserveCents() < floorCents ? BAD : FUND) + "\"><title>"
                    + month.month() + " : " + escaped(amount.apply(month.reserveCents())) + "</title></rect>\n");
            if (at % named == 0) {
                text(
                        svg,
                        x + slot / 2,
                        HEIGHT - BOTTOM + 24,
                        "middle",
                        month.month().toString(),
                        "");
            }
        }
    }

    private static void line(StringBuilder svg, int y, String colour, String more) {
        svg.append("<line x1=\"" + LEFT + "\" x2=\"" + (WIDTH - RIGHT) + "\" y1=\"" + y + "\" y2=\"" + y
                + "\" stroke=\"" + colour + "\"" + more + "/>\n");
    }

    private static void text(StringBuilder svg, int x, int y, String anchor, String text, String more) {
        svg.append("<text x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"" + anchor + "\"" + more + ">" + escaped(text)
                + "</text>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
