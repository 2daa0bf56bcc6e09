package etal.port.scale;

import java.util.OptionalLong;

/** A scale beside the till. The seller takes what it shows or types another weight. */
@FunctionalInterface
public interface Scale {
    /** No scale. */
    Scale NONE = OptionalLong::empty;

    /**
     * The net weight it shows now, in grams; empty unless it rests, is above 0, and was heard just now. Returns at once.
     */
    OptionalLong grams();
}
