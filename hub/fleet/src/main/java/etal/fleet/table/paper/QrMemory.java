package etal.fleet.table.paper;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The printer's memory for a QR code: filled and printed by GS ( k, symbol 49. One thread. */
final class QrMemory {
    private static final int SYMBOL = 49;
    private static final int MODULE_SIZE = 67;
    private static final int ERROR_CORRECTION = 69;
    private static final int STORE = 80;
    private static final int PRINT = 81;
    private static final int MODULE_DOTS_MAX = 16;
    private static final List<ErrorCorrectionLevel> LEVELS =
            List.of(ErrorCorrectionLevel.L, ErrorCorrectionLevel.M, ErrorCorrectionLevel.Q, ErrorCorrectionLevel.H);

    private final PrintHead head;
    private int moduleDots = 3;
    private ErrorCorrectionLevel level = ErrorCorrectionLevel.L;
    private String text = "";

    QrMemory(PrintHead head) {
        this.head = head;
    }

    /** The parameters of one GS ( k, as many as came. */
    void command(byte[] parameters) {
        if (parameters.length < 3 || parameters[0] != SYMBOL) {
            return;
        }
        int value = parameters[2] & 0xFF;
        switch (parameters[1]) {
            case MODULE_SIZE -> moduleDots = value >= 1 && value <= MODULE_DOTS_MAX ? value : moduleDots;
            case ERROR_CORRECTION -> level = value >= 48 && value <= 51 ? LEVELS.get(value - 48) : level;
            case STORE -> text = new String(parameters, 3, parameters.length - 3, StandardCharsets.ISO_8859_1);
            case PRINT -> print();
            default -> {
                // Other functions choose the model or ask for sizes: nothing that is seen.
            }
        }
    }

    /** A printer prints nothing if there is nothing stored, or more than a QR code holds. */
    private void print() {
        if (text.isEmpty()) {
            return;
        }
        try {
            ByteMatrix matrix = Encoder.encode(
                            text, level, Map.of(EncodeHintType.CHARACTER_SET, StandardCharsets.ISO_8859_1))
                    .getMatrix();
            head.code(rows(matrix), moduleDots, text);
        } catch (WriterException tooLong) {
            text = "";
        }
    }

    private static List<boolean[]> rows(ByteMatrix matrix) {
        List<boolean[]> rows = new ArrayList<>(matrix.getHeight());
        for (int y = 0; y < matrix.getHeight(); y++) {
            boolean[] row = new boolean[matrix.getWidth()];
            for (int x = 0; x < row.length; x++) {
                row[x] = matrix.get(x, y) == 1;
            }
            rows.add(row);
        }
        return rows;
    }
}
