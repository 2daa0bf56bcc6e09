package etal.protocol.catalogue;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The words a product may bear, such as {@code bio} or {@code base}: what a scheme's labels and bonuses ask for.
 * Stateless.
 */
public final class Label {
    /** The most labels of a product. */
    public static final int LABELS_MAX = 8;

    /** The longest label, in characters. */
    public static final int LENGTH_MAX = 40;

    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private Label() {}

    /** Whether a text is a label: a small letter, then at most 39 small letters, digits and hyphens. */
    public static boolean isLabel(String text) {
        return WORD.matcher(text).matches();
    }

    /** The labels in the one order they are written in: by character, each once. */
    public static List<String> sorted(List<String> labels) {
        return labels.stream().distinct().sorted().toList();
    }

    /** Labels as CBOR; they must be {@link #sorted} already. */
    public static CBORObject write(List<String> labels) {
        CBORObject array = CBORObject.NewArray();
        labels.forEach(array::Add);
        return array;
    }

    /** Reads labels: at least one, sorted, each once, so that there is one way to write them. */
    public static List<String> read(CBORObject value) throws Malformed {
        if (value.getType() != CBORType.Array || value.size() < 1 || value.size() > LABELS_MAX) {
            throw new Malformed("not an array of 1 to " + LABELS_MAX + " labels");
        }
        List<String> labels = new ArrayList<>();
        for (CBORObject item : value.getValues()) {
            String label = Cbor.asLine(item, LENGTH_MAX, "a label");
            if (!isLabel(label)) {
                throw new Malformed("a label is small letters, digits and hyphens");
            }
            if (!labels.isEmpty() && labels.getLast().compareTo(label) >= 0) {
                throw new Malformed("labels out of order");
            }
            labels.add(label);
        }
        return List.copyOf(labels);
    }
}
