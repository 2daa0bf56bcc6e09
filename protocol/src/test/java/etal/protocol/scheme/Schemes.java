package etal.protocol.scheme;

import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;

/** Schemes for tests: the one that ships, whole or with one text replaced by another. */
public final class Schemes {
    /** The name in faults. */
    public static final String FILE = "regle.yaml";

    private Schemes() {}

    /** The default scheme, as it ships. */
    public static Scheme dieulefit() {
        return read(SchemeFile.dieulefit());
    }

    /** The default scheme with one text replaced; the text must stand in it. */
    public static Scheme dieulefitWith(String text, String instead) {
        return read(changed(text, instead));
    }

    /** The text of the default scheme with one text replaced. */
    public static String changed(String text, String instead) {
        String yaml = SchemeFile.dieulefit();
        if (!yaml.contains(text)) {
            throw new IllegalArgumentException("not in the default scheme: " + text);
        }
        return yaml.replace(text, instead);
    }

    private static Scheme read(String yaml) {
        return switch (SchemeFile.read(yaml, FILE)) {
            case SchemeReading.Read read -> read.scheme();
            case SchemeReading.Faulty faulty -> throw new AssertionError(faulty.faults());
        };
    }
}
