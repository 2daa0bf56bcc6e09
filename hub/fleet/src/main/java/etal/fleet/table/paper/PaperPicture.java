package etal.fleet.table.paper;

import etal.fleet.table.paper.Paper.Mark;
import etal.fleet.table.paper.Paper.Sheet;
import java.util.List;

/**
 * A paper as an SVG document (SVG 1.1 and 2), one dot of the printer to one unit. It holds shapes and text alone: no
 * script, no style, no link, nothing from outside; so it shows under any content security policy. Stateless.
 */
public final class PaperPicture {
    private static final String PAPER = "#fffefa";
    private static final String EDGE = "#d8d2c4";
    private static final String INK = "#2b2926";
    private static final String FONT =
            "ui-monospace, 'DejaVu Sans Mono', 'Liberation Mono', Menlo, Consolas, 'Courier New', monospace";
    /** A monospaced letter is six tenths of its font's size wide; {@code textLength} holds the columns where one is not. */
    private static final int FONT_TENTHS_PER_DOT = 10;

    private static final int FONT_WIDTH_TENTHS = 6;
    private static final int TOOTH_WIDTH = 14;
    private static final int TOOTH_HEIGHT = 9;
    private static final int GAP = 28;
    /** Around the paper, so that its outline is not cut. */
    private static final int BORDER = 2;

    private final Roll roll;
    private final StringBuilder svg = new StringBuilder();

    private PaperPicture(Roll roll) {
        this.roll = roll;
    }

    /** The document, in UTF-8 when written; {@code title} says what it is. */
    public static String svg(Paper paper, String title) {
        PaperPicture picture = new PaperPicture(paper.roll());
        picture.draw(paper, title);
        return picture.svg.toString();
    }

    /** The document's own width, in CSS pixels. */
    public static int width(Paper paper) {
        return paper.roll().paperDots() + 2 * BORDER;
    }

    /** The document's own height, in CSS pixels. */
    public static int height(Paper paper) {
        List<Sheet> sheets = paper.sheets();
        return 2 * BORDER
                + Math.max(0, sheets.size() - 1) * GAP
                + sheets.stream().mapToInt(Sheet::heightDots).sum();
    }

    private void draw(Paper paper, String title) {
        int width = width(paper);
        int height = height(paper);
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\"");
        attribute("width", width);
        attribute("height", height);
        svg.append(" viewBox=\"0 0 ").append(width).append(' ').append(height).append("\">\n");
        svg.append("<title>").append(escaped(title)).append("</title>\n");
        int y = BORDER;
        for (Sheet sheet : paper.sheets()) {
            svg.append("<g transform=\"translate(")
                    .append(BORDER)
                    .append(' ')
                    .append(y)
                    .append(")\">\n");
            paper(sheet);
            svg.append("<g transform=\"translate(").append(roll.marginDots()).append(" 0)\" font-family=\"");
            svg.append(FONT).append("\" fill=\"").append(INK).append("\">\n");
            sheet.marks().forEach(this::mark);
            svg.append("</g>\n</g>\n");
            y += sheet.heightDots() + GAP;
        }
        svg.append("</svg>\n");
    }

    /** The sheet itself, with the cutter's teeth at both ends; one that still hangs in the printer ends straight. */
    private void paper(Sheet sheet) {
        int right = roll.paperDots();
        StringBuilder path = new StringBuilder("M0 0");
        for (int x = 0; x < right; x += TOOTH_WIDTH) {
            int end = Math.min(x + TOOTH_WIDTH, right);
            path.append("L").append((x + end) / 2).append(' ').append(TOOTH_HEIGHT);
            path.append("L").append(end).append(" 0");
        }
        int bottom = sheet.heightDots();
        path.append("L").append(right).append(' ').append(bottom);
        for (int x = right; x > 0 && sheet.torn(); x -= TOOTH_WIDTH) {
            int end = Math.max(x - TOOTH_WIDTH, 0);
            path.append("L").append((x + end) / 2).append(' ').append(bottom - TOOTH_HEIGHT);
            path.append("L").append(end).append(' ').append(bottom);
        }
        path.append("L0 ").append(bottom).append("Z");
        svg.append("<path fill=\"")
                .append(PAPER)
                .append("\" stroke=\"")
                .append(EDGE)
                .append("\" d=\"");
        svg.append(path).append("\"/>\n");
    }

    private void mark(Mark mark) {
        switch (mark) {
            case Mark.Text text -> text(text);
            case Mark.Code code -> code(code);
        }
    }

    /** Word by word, each at its own column, because blanks would otherwise collapse or drift. */
    private void text(Mark.Text mark) {
        Look look = mark.look();
        if (look.reversed()) {
            rectangle(mark.x(), mark.y(), mark.text().length() * look.widthDots(), look.heightDots());
        }
        int from = 0;
        while (from < mark.text().length()) {
            int until = mark.text().indexOf(' ', from);
            int end = until < 0 ? mark.text().length() : until;
            if (end > from) {
                word(mark.x() + from * look.widthDots(), mark.y(), mark.text().substring(from, end), look);
            }
            from = end + 1;
        }
        if (look.underlineDots() > 0) {
            int below = mark.y() + look.heightDots() - look.underlineDots();
            rectangle(mark.x(), below, mark.text().length() * look.widthDots(), look.underlineDots());
        }
    }

    private void word(int x, int y, String word, Look look) {
        int letterDots = look.widthDots() / look.wide();
        int letterHeight = look.heightDots() / look.high();
        int baseline = letterHeight * 19 / 24;
        boolean large = look.wide() > 1 || look.high() > 1;
        svg.append("<text");
        if (large) {
            svg.append(" transform=\"translate(").append(x).append(' ').append(y);
            svg.append(") scale(")
                    .append(look.wide())
                    .append(' ')
                    .append(look.high())
                    .append(")\"");
        }
        attribute("x", large ? 0 : x);
        attribute("y", large ? baseline : y + baseline);
        attribute("font-size", letterDots * FONT_TENTHS_PER_DOT / FONT_WIDTH_TENTHS);
        attribute("textLength", word.length() * letterDots);
        svg.append(" lengthAdjust=\"spacingAndGlyphs\"");
        svg.append(look.bold() ? " font-weight=\"bold\"" : "");
        svg.append(look.reversed() ? " fill=\"" + PAPER + "\"" : "");
        svg.append('>').append(escaped(word)).append("</text>\n");
    }

    /** One path of runs along the rows. */
    private void code(Mark.Code code) {
        int size = code.moduleDots();
        svg.append("<path shape-rendering=\"crispEdges\" d=\"");
        for (int row = 0; row < code.modules().size(); row++) {
            boolean[] modules = code.modules().get(row);
            for (int column = 0; column < modules.length; column++) {
                int from = column;
                while (column < modules.length && modules[column]) {
                    column++;
                }
                if (column > from) {
                    int length = (column - from) * size;
                    svg.append('M').append(code.x() + from * size).append(' ').append(code.y() + row * size);
                    svg.append('h')
                            .append(length)
                            .append('v')
                            .append(size)
                            .append("h-")
                            .append(length)
                            .append('z');
                }
            }
        }
        svg.append("\"/>\n");
    }

    private void rectangle(int x, int y, int width, int height) {
        svg.append("<rect");
        attribute("x", x);
        attribute("y", y);
        attribute("width", width);
        attribute("height", height);
        svg.append("/>\n");
    }

    private void attribute(String name, int value) {
        svg.append(' ').append(name).append("=\"").append(value).append('"');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
