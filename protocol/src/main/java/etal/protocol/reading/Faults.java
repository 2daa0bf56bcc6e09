package etal.protocol.reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong in one file, a bounded number of faults. Not thread-safe; one per reading. */
public final class Faults {
    private static final int COUNT_MAX = 50;
    private static final int FOUND_LENGTH_MAX = 60;

    private final String file;
    private final List<Fault> faults = new ArrayList<>();

    public Faults(String file) {
        this.file = file;
    }

    /** Notes a fault whose words need no argument, or stand there already. */
    public void add(int line, String field, String found, String allowed) {
        add(line, field, Phrase.of(found), Phrase.of(allowed), Optional.empty());
    }

    /** Notes a fault, with what to write instead if that is known. */
    public void add(int line, String field, Phrase found, Phrase allowed, Optional<Phrase> hint) {
        if (!full()) {
            faults.add(new Fault(file, line, shown(field), shown(found), allowed, hint));
        }
    }

    public boolean none() {
        return faults.isEmpty();
    }

    /** Whether no more are taken: a reader may stop. */
    public boolean full() {
        return faults.size() >= COUNT_MAX;
    }

    /** All of them, by line; those of one line in the order they were found. */
    public List<Fault> all() {
        return faults.stream().sorted(Comparator.comparingInt(Fault::line)).toList();
    }

    private static Phrase shown(Phrase found) {
        return new Phrase(
                shown(found.template()),
                found.args().stream()
                        .<Object>map(arg -> arg instanceof String text ? shown(text) : arg)
                        .toList());
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
