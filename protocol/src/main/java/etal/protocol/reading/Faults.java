package etal.protocol.reading;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong in one file, a bounded number of faults. Not thread-safe; one per reading. */
public final class Faults {
    private static final int COUNT_MAX = 50;
    private static final int FOUND_LENGTH_MAX = 60;

    private final String file;
    private final List<Fault> faults = new ArrayList<>();

    public Faults(String file) {
        this.file = file;
    }

    public void add(int line, String field, String found, String allowed) {
        if (!full()) {
            faults.add(new Fault(file, line, shown(field), shown(found), allowed));
        }
    }

    public boolean none() {
        return faults.isEmpty();
    }

    /** Whether no more are taken: a reader may stop. */
    public boolean full() {
        return faults.size() >= COUNT_MAX;
    }

    public List<Fault> all() {
        return List.copyOf(faults);
    }

    /** On one line and of bounded length, whatever the file holds. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < text.length() && shown.length() < FOUND_LENGTH_MAX; ) {
            int character = text.codePointAt(at);
            boolean visible = !Character.isISOControl(character)
                    && Character.isDefined(character)
                    && Character.getType(character) != Character.SURROGATE
                    && Character.getType(character) != Character.FORMAT
                    && Character.getType(character) != Character.LINE_SEPARATOR
                    && Character.getType(character) != Character.PARAGRAPH_SEPARATOR;
            shown.appendCodePoint(visible ? character : '?');
            at += Character.charCount(character);
        }
        return shown.length() < FOUND_LENGTH_MAX ? shown.toString() : shown + "...";
    }
}
