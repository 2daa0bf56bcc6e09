package etal.fleet.table.paper;

import etal.fleet.table.paper.Paper.Mark;
import etal.fleet.table.paper.Paper.Sheet;
import java.util.ArrayList;
import java.util.List;

/** Lays characters and codes on the paper, line by line, until the roll is used up. One thread. */
final class PrintHead {
    /** Where print goes within the line. */
    enum Justified {
        LEFT,
        CENTRE,
        RIGHT
    }

    private static final int DEFAULT_SPACING = 30;
    private static final int TAB_COLUMNS = 8;
    /** From the cutter to the head: paper that is always blank at the top. */
    private static final int HEAD_TO_CUTTER = 48;
    /** About three metres. A receipt is never longer, and a picture must not be. */
    private static final int ROLL_DOTS = 20_000;

    private record Run(String text, Look look) {
        int widthDots() {
            return text.length() * look.widthDots();
        }
    }

    private final Roll roll;
    private final List<Sheet> sheets = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<Run> line = new ArrayList<>();
    private int y = HEAD_TO_CUTTER;
    private int usedDots;
    private int spacing = DEFAULT_SPACING;
    private Look look = Look.PLAIN;
    private Justified justified = Justified.LEFT;

    PrintHead(Roll roll) {
        this.roll = roll;
    }

    /** As after switching on; what stands in the line is lost, as in a printer. */
    void initialise() {
        line.clear();
        spacing = DEFAULT_SPACING;
        look = Look.PLAIN;
        justified = Justified.LEFT;
    }

    Look look() {
        return look;
    }

    void look(Look next) {
        look = next;
    }

    /** Takes effect at the beginning of a line only, as in a printer. */
    void justify(Justified next) {
        if (line.isEmpty()) {
            justified = next;
        }
    }

    /** Dots from line to line; less than the characters' height is their height. */
    void spacing(int dots) {
        spacing = dots;
    }

    void defaultSpacing() {
        spacing = DEFAULT_SPACING;
    }

    boolean usedUp() {
        return usedDots + y >= ROLL_DOTS;
    }

    /** A character; one that has no room begins the next line. */
    void character(char letter) {
        if (widthDots() + look.widthDots() > roll.printDots()) {
            endLine();
        }
        int last = line.size() - 1;
        if (last >= 0 && line.get(last).look().equals(look)) {
            line.set(last, new Run(line.get(last).text() + letter, look));
        } else {
            line.add(new Run(String.valueOf(letter), look));
        }
    }

    void tab() {
        int tabDots = TAB_COLUMNS * look.widthDots();
        int next = (widthDots() / tabDots + 1) * tabDots;
        while (next <= roll.printDots() && widthDots() + look.widthDots() <= next) {
            character(' ');
        }
    }

    /** Prints what stands in the line and goes to the next. */
    void endLine() {
        int height =
                line.stream().mapToInt(run -> run.look().heightDots()).max().orElse(0);
        int x = left(widthDots());
        StringBuilder text = new StringBuilder();
        for (Run run : line) {
            marks.add(new Mark.Text(x, y + height - run.look().heightDots(), run.text(), run.look()));
            x += run.widthDots();
            text.append(run.text());
        }
        lines.add(text.toString().stripTrailing());
        line.clear();
        advance(Math.max(spacing, height));
    }

    void feedLines(int count) {
        for (int i = 0; i < count && !usedUp(); i++) {
            endLine();
        }
    }

    void feedDots(int dots) {
        int usual = spacing;
        spacing = dots;
        endLine();
        spacing = usual;
    }

    /** Prints a QR code on lines of its own; one that is wider than the head reaches is not printed. */
    void code(List<boolean[]> modules, int moduleDots, String text) {
        if (!line.isEmpty()) {
            endLine();
        }
        int side = modules.size() * moduleDots;
        if (side <= roll.printDots() && !usedUp()) {
            marks.add(new Mark.Code(left(side), y, moduleDots, modules, text));
            advance(side);
        }
    }

    /** Cuts what has come past the cutter, which stands behind the head. */
    void cut() {
        if (!line.isEmpty()) {
            endLine();
        }
        finish(true);
    }

    /** Feeds all that is printed past the cutter, and so many dots more; then cuts. */
    void feedAndCut(int dots) {
        if (!line.isEmpty()) {
            endLine();
        }
        advance(HEAD_TO_CUTTER + dots);
        finish(true);
    }

    /** All of it; what was not cut off is the last sheet. */
    List<Sheet> sheets() {
        if (!line.isEmpty()) {
            endLine();
        }
        finish(false);
        return List.copyOf(sheets);
    }

    /** Print that was not fed past the cutter stays whole on its sheet: a knife through a line helps no reader. */
    private void finish(boolean torn) {
        if (!marks.isEmpty()) {
            int height = Math.max(y - HEAD_TO_CUTTER, lowerEdge(marks.getLast()));
            sheets.add(new Sheet(marks, lines, height, torn));
        }
        usedDots += y;
        marks.clear();
        lines.clear();
        y = HEAD_TO_CUTTER;
    }

    private static int lowerEdge(Mark mark) {
        return switch (mark) {
            case Mark.Text text -> text.y() + text.look().heightDots();
            case Mark.Code code -> code.y() + code.modules().size() * code.moduleDots();
        };
    }

    private void advance(int dots) {
        y = Math.min(y + dots, Math.max(y, ROLL_DOTS - usedDots));
    }

    private int widthDots() {
        return line.stream().mapToInt(Run::widthDots).sum();
    }

    private int left(int width) {
        return switch (justified) {
            case LEFT -> 0;
            case CENTRE -> (roll.printDots() - width) / 2;
            case RIGHT -> roll.printDots() - width;
        };
    }
}
