package etal.fleet.table.paper;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at a picture as a telephone does: fills the rectangles of its QR path and lets a decoder find the code in them. */
final class DrawnCode {
    private static final int WHITE = 0xFFFFFF;
    private static final int BLACK = 0;
    private static final Pattern PATH = Pattern.compile("<path shape-rendering=\"crispEdges\" d=\"([^\"]+)\"");
    private static final Pattern RECTANGLE = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v(\\d+)h-(\\d+)z");

    private DrawnCode() {}

    /** What the code in the picture says. */
    static String read(String svg, Roll roll) throws ReaderException {
        Matcher path = PATH.matcher(svg);
        if (!path.find()) {
            throw new AssertionError("no QR code is drawn in " + svg);
        }
        int width = roll.paperDots();
        int height = 2_000;
        int[] pixels = new int[width * height];
        Arrays.fill(pixels, WHITE);
        Matcher rectangle = RECTANGLE.matcher(path.group(1));
        while (rectangle.find()) {
            int x = Integer.parseInt(rectangle.group(1));
            int y = Integer.parseInt(rectangle.group(2));
            for (int row = y; row < y + Integer.parseInt(rectangle.group(4)); row++) {
                Arrays.fill(pixels, row * width + x, row * width + x + Integer.parseInt(rectangle.group(3)), BLACK);
            }
        }
        var bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
        return new QRCodeReader().decode(bitmap).getText();
    }
}
