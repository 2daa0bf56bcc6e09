package etal.fleet.table;

import etal.fleet.world.open.Table.Kind;

/** The keys of what is said about a card. It bears no name: nobody at a stall asks for one. */
public final class CardTexts {
    private CardTexts() {}

    /** What it is called. */
    public static String name(Kind kind) {
        return switch (kind) {
            case FULL -> "card-full";
            case NEARLY_EMPTY -> "card-nearly-empty";
            case DENIED -> "card-denied";
            case BANK -> "card-bank";
        };
    }

    /** What it shows when it is presented. */
    public static String about(Kind kind) {
        return name(kind) + "-about";
    }
}
