package etal.terminal.receipt;

import com.github.anastaciocintra.escpos.EscPos;
import com.github.anastaciocintra.escpos.EscPosConst;
import com.github.anastaciocintra.escpos.barcode.QRCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Lines and a QR code in the printer's own bytes: ESC/POS, code page 858 with the euro sign. Stateless. */
final class EscPosBytes {
    private static final int QR_SIZE = 5;
    private static final int FEED_LINES = 4;

    private EscPosBytes() {}

    /** {@code qrText} may be empty: then there is no code. */
    static byte[] of(List<String> lines, String qrText) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EscPos printer = new EscPos(bytes)) {
            printer.initializePrinter();
            printer.setCharacterCodeTable(EscPos.CharacterCodeTable.CP858_Euro);
            for (String line : lines) {
                printer.writeLF(inCodePage(line));
            }
            if (qrText.isEmpty()) {
                printer.feed(FEED_LINES);
                printer.cut(EscPos.CutMode.PART);
                return bytes.toByteArray();
            }
            // A QR code is read the better for four modules of blank paper around it (ISO/IEC 18004).
            printer.feed(1);
            // GS ( k stores the text as it is, so that it can be read out of the bytes as well as off the paper.
            QRCode code = new QRCode();
            code.setSize(QR_SIZE);
            code.setJustification(EscPosConst.Justification.Center);
            printer.write(code, qrText);
            printer.feed(FEED_LINES);
            printer.cut(EscPos.CutMode.PART);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing into memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    /** The letters of French that code page 858 lacks, written as typewriters do; one may become two or three. */
    static String inCodePage(String text) {
        return text.replace("œ", "oe")
                .replace("Œ", "OE")
                .replace('’', '\'')
                .replace('–', '-')
                .replace("…", "...")
                .replace('\u202F', '\u00A0');
    }
}
