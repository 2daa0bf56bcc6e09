package etal.terminal.receipt;

import java.util.ArrayList;
import java.util.List;

/** Lines of a width for a printer's one font. What does not fit on a line goes on on the next: nothing is cut off. */
final class PaperLines {
    private final int width;
    private final List<String> lines = new ArrayList<>();

    PaperLines(int width) {
        this.width = width;
    }

    int width() {
        return width;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    void rule() {
        lines.add("-".repeat(width));
    }

    void line(String words) {
        wrap(words).forEach(lines::add);
    }

    void centred(String words) {
        for (String line : wrap(words)) {
            lines.add(" ".repeat((width - line.length()) / 2) + line);
        }
    }

    /** Words on the left, an amount on the right of the same line, or of the next where they do not fit together. */
    void pair(String words, String right) {
        List<String> left = wrap(words);
        left.subList(0, left.size() - 1).forEach(lines::add);
        String last = left.getLast();
        if (last.length() + 1 + right.length() > width) {
            lines.add(last);
            last = "";
        }
        lines.add(last + " ".repeat(Math.max(0, width - last.length() - right.length())) + right);
    }

    /** Before it is laid out the text is put into the printer's letters: one that becomes two would push off what follows. */
    private List<String> wrap(String text) {
        List<String> parts = new ArrayList<>();
        String rest = EscPosBytes.inCodePage(text);
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int cut = space > 0 ? space : width;
            parts.add(rest.substring(0, cut));
            rest = rest.substring(cut).strip();
        }
        parts.add(rest);
        return parts;
    }
}
