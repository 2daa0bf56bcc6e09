package etal.protocol.scheme.file;

import etal.protocol.card.Balances;
import etal.protocol.reading.Section;
import java.util.regex.Pattern;

/** How amounts, names and ids look in this file; the unit's decimals are known only once it has been read. Immutable. */
record Amounts(int decimals) {
    static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    static final String ID_ALLOWED = "small letters, digits and hyphens, at most 40";
    static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\\p{Cs}]{1,100}");
    static final String NAME_ALLOWED = "text of 1 to 100 characters";
    static final Pattern TEXT = Pattern.compile("[^\\p{Cntrl}\\p{Cs}]{1,500}");
    static final String TEXT_ALLOWED = "text of 1 to 500 characters on one line";
    static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} -]{0,39}");
    static final String WORD_ALLOWED = "letters, digits, spaces and hyphens, at most 40";
    static final long NUMBER_MAX = 0xFFFF_FFFFL;
    static final int PERCENT_MAX = 100;

    /** A required amount. */
    long of(Section section, String name) {
        return section.cents(name, decimals, 0, Balances.PURSE_MAX);
    }

    /** An amount that may be left out. */
    long of(Section section, String name, long otherwiseCents) {
        return section.has(name) ? of(section, name) : otherwiseCents;
    }

    /** An amount that may be below zero. */
    long signed(Section section, String name) {
        return section.cents(name, decimals, -Balances.PURSE_MAX, Balances.PURSE_MAX);
    }

    static String id(Section section, String name) {
        return section.text(name, ID, ID_ALLOWED);
    }

    static String name(Section section) {
        return section.text("name", NAME, NAME_ALLOWED);
    }

    static int percent(Section section, String name) {
        return (int) section.whole(name, 0, PERCENT_MAX);
    }

    static int whole(Section section, String name, int min, int max, int otherwise) {
        return section.has(name) ? (int) section.whole(name, min, max) : otherwise;
    }

    static boolean flag(Section section, String name) {
        return section.has(name) && section.flag(name);
    }
}
