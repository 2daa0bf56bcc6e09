package etal.fleet.table;

import etal.fleet.table.paper.Paper;
import etal.fleet.table.paper.PaperPicture;
import etal.fleet.table.paper.Roll;
import etal.protocol.cose.Hash;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A receipt as the page shows it.
 *
 * @param number under which the table knows it
 * @param paper what is printed
 * @param mark of its content: the address changes with it, so that a browser never shows another demo's receipt
 */
public record Receipt(int number, Paper paper, String mark) {
    private static final int MARK_CHARS = 12;

    /** Prints the bytes on the till's roll. */
    static Receipt of(int number, byte[] escPos) {
        String mark = Hash.hex(Hash.sha256(escPos)).substring(0, MARK_CHARS);
        return new Receipt(number, Paper.printed(escPos, Roll.WIDE), mark);
    }

    /** Where its picture is. */
    public String picture() {
        return "/papers/" + number + ".svg?v=" + mark;
    }

    /** The picture's width, in CSS pixels. */
    public int width() {
        return PaperPicture.width(paper);
    }

    /** The picture's height, in CSS pixels. */
    public int height() {
        return PaperPicture.height(paper);
    }

    /** Its lines, one below the other, and then what its codes say. */
    public String text() {
        return Stream.of(paper.lines(), paper.codes()).flatMap(List::stream).collect(Collectors.joining("\n"));
    }
}
