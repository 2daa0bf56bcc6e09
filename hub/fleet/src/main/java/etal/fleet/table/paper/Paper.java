package etal.fleet.table.paper;

import java.util.List;
import java.util.stream.Stream;

/**
 * What came out of the printer. Immutable.
 *
 * @param roll it was printed on
 * @param sheets from the first cut off to the last
 */
public record Paper(Roll roll, List<Sheet> sheets) {
    /** Copies the list. */
    public Paper {
        sheets = List.copyOf(sheets);
    }

    /**
     * Prints ESC/POS bytes. Total: what a printer does not know it skips, and when the roll is used up it stops; nothing
     * makes it fail.
     */
    public static Paper printed(byte[] escPos, Roll roll) {
        PrintHead head = new PrintHead(roll);
        new EscPosReader(escPos, head).read();
        return new Paper(roll, head.sheets());
    }

    /** The lines of text, without the blank ones at the ends, for those who do not see the picture. */
    public List<String> lines() {
        List<String> all =
                sheets.stream().flatMap(sheet -> sheet.lines().stream()).toList();
        int from = 0;
        int until = all.size();
        while (from < until && all.get(from).isEmpty()) {
            from++;
        }
        while (until > from && all.get(until - 1).isEmpty()) {
            until--;
        }
        return all.subList(from, until);
    }

    /** What the QR codes say, from the first to the last. */
    public List<String> codes() {
        return sheets.stream()
                .flatMap(sheet -> sheet.marks().stream())
                .flatMap(mark -> mark instanceof Mark.Code code ? Stream.of(code.text()) : Stream.empty())
                .toList();
    }

    /**
     * From one cut to the next.
     *
     * @param marks what is printed on it, from top to bottom
     * @param lines the same as text, blank ones too
     * @param heightDots its length
     * @param torn whether it ends at a cut; else it still hangs in the printer
     */
    public record Sheet(List<Mark> marks, List<String> lines, int heightDots, boolean torn) {
        /** Copies the lists. */
        public Sheet {
            marks = List.copyOf(marks);
            lines = List.copyOf(lines);
        }
    }

    /** Something black on the paper; {@code x} from the left end of the print head, {@code y} from the sheet's top. */
    public sealed interface Mark {
        /** Characters of one look; {@code y} is their upper edge. */
        record Text(int x, int y, String text, Look look) implements Mark {}

        /** A QR code; {@code modules} row by row, true for dark, without the quiet zone. Nobody may change the rows. */
        record Code(int x, int y, int moduleDots, List<boolean[]> modules, String text) implements Mark {
            /** Copies the list of rows. */
            public Code {
                modules = List.copyOf(modules);
            }
        }
    }
}
