package etal.fleet.table.paper;

import etal.fleet.table.paper.PrintHead.Justified;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;

/**
 * Reads ESC/POS as a receipt printer does: text, size, weight, justification, feeds, cuts and QR codes are carried out,
 * everything else is skipped with its parameters, so that they do not come out as letters. Total. One thread.
 *
 * @see <a href="https://download4.epson.biz/sec_pubs/pos/reference_en/escpos/commands.html">ESC/POS commands, Epson</a>
 */
final class EscPosReader {
    private static final int TAB = 0x09;
    private static final int LINE_FEED = 0x0A;
    private static final int DLE = 0x10;
    private static final int ESC = 0x1B;
    private static final int FS = 0x1C;
    private static final int GS = 0x1D;
    private static final int DELETE = 0x7F;

    private final ByteCursor bytes;
    private final PrintHead head;
    private final QrMemory qr;
    private final SkippedCommands skipped;
    private Charset letters = codePage(0);

    EscPosReader(byte[] escPos, PrintHead head) {
        this.bytes = new ByteCursor(escPos);
        this.head = head;
        this.qr = new QrMemory(head);
        this.skipped = new SkippedCommands(bytes);
    }

    void read() {
        while (bytes.hasMore() && !head.usedUp()) {
            int next = bytes.next();
            switch (next) {
                case TAB -> head.tab();
                case LINE_FEED -> head.endLine();
                case DLE -> skipped.realTime();
                case ESC -> escape(bytes.next());
                case FS -> skipped.fileSeparator(bytes.next());
                case GS -> group(bytes.next());
                default -> letter(next);
            }
        }
    }

    private void letter(int code) {
        if (code >= ' ' && code != DELETE) {
            head.character(
                    letters.decode(ByteBuffer.wrap(new byte[] {(byte) code})).get());
        }
    }

    private void escape(int command) {
        switch (command) {
            case '@' -> {
                head.initialise();
                letters = codePage(0);
            }
            case '!' -> mode(bytes.next());
            case 'E', 'G' -> head.look(head.look().withBold((bytes.next() & 1) == 1));
            case '-' -> head.look(head.look().withUnderline(Math.min(digit(bytes.next()), 2)));
            case 'M' -> head.look(head.look().withSmall(digit(bytes.next()) == 1));
            case 'a' -> head.justify(justified(digit(bytes.next())));
            case 'd' -> head.feedLines(bytes.next());
            case 'J' -> head.feedDots(bytes.next());
            case '2' -> head.defaultSpacing();
            case '3' -> head.spacing(bytes.next());
            case 't' -> letters = codePage(bytes.next());
            case 'i', 'm' -> head.cut();
            default -> skipped.escape(command);
        }
    }

    private void group(int command) {
        switch (command) {
            case '!' -> size(bytes.next());
            case 'B' -> head.look(head.look().withReversed((bytes.next() & 1) == 1));
            case 'V' -> cut(bytes.next());
            case '(' -> parenthesis(bytes.next());
            default -> skipped.group(command);
        }
    }

    /** ESC ! n: one byte for font, weight, double height, double width, underline. */
    private void mode(int bits) {
        head.look(new Look(
                (bits & 1) != 0,
                (bits & 0x20) != 0 ? 2 : 1,
                (bits & 0x10) != 0 ? 2 : 1,
                (bits & 0x08) != 0,
                (bits & 0x80) != 0 ? 1 : 0,
                head.look().reversed()));
    }

    /** GS ! n: width less one in the high half, height less one in the low half. */
    private void size(int halves) {
        head.look(head.look().withSize((halves >> 4 & 7) + 1, (halves & 7) + 1));
    }

    /** GS V m [n]. */
    private void cut(int how) {
        switch (how) {
            case 0, 1, '0', '1' -> head.cut();
            case 'A', 'B' -> head.feedAndCut(bytes.next());
            default -> skipped.unknownCut(how);
        }
    }

    /** GS ( X pL pH and as many parameters: X = k is a two-dimensional symbol. */
    private void parenthesis(int function) {
        byte[] parameters = bytes.take(bytes.nextTwo());
        if (function == 'k') {
            qr.command(parameters);
        }
    }

    /** Some parameters may come as a number or as its digit. */
    private static int digit(int parameter) {
        return parameter >= '0' && parameter <= '9' ? parameter - '0' : parameter;
    }

    private static Justified justified(int how) {
        return how == 1 ? Justified.CENTRE : how == 2 ? Justified.RIGHT : Justified.LEFT;
    }

    /** ESC t n, of the pages that French receipts come in; any other reads as the printer's first. */
    private static Charset codePage(int number) {
        return switch (number) {
            case 2 -> Charset.forName("IBM850");
            case 16 -> Charset.forName("windows-1252");
            case 19 -> Charset.forName("IBM00858");
            case 40 -> Charset.forName("ISO-8859-15");
            default -> Charset.forName("IBM437");
        };
    }
}
