package etal.fleet.table;

/** What a visitor may try; the page ticks off what was done. */
public enum Deed {
    /** A card that does not cover a full basket was presented. */
    NEARLY_EMPTY("try-nearly-empty"),
    /** A card was taken away in the middle. */
    TOO_SHORT("try-too-short"),
    /** The network cable was pulled out. */
    CABLE("try-cable"),
    /** The power plug was pulled out. */
    POWER("try-power");

    private final String key;

    Deed(String key) {
        this.key = key;
    }

    /** The key of its words. */
    public String key() {
        return key;
    }
}
