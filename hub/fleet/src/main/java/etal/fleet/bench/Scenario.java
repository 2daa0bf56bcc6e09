package etal.fleet.bench;

import org.jspecify.annotations.Nullable;

/** A tap as members make it, and how long its card may lie in the field. */
public enum Scenario {
    /** The card knows the till, and its month is loaded. */
    KNOWN("known", 160, true, true, false),
    /** The card has never met this till; its month was loaded elsewhere. */
    FIRST_MEETING("first-meeting", 260, false, true, false),
    /** The card knows the till, and the month is loaded in passing. */
    MONTH("month", 280, true, false, false),
    /** The card knows the till, and takes a voucher that the fund has for it. */
    VOUCHER("voucher", 280, true, true, true),
    /** A first meeting with the month's opening. */
    EVERYTHING("everything", 400, false, false, false),
    /** A voucher on top of it: rare, and held to no goal. */
    EVERYTHING_AND_VOUCHER("everything-and-voucher", null, false, false, true);

    private final String id;
    private final @Nullable Integer goalMillis;
    private final boolean introduced;
    private final boolean loaded;
    private final boolean voucher;

    Scenario(String id, @Nullable Integer goalMillis, boolean introduced, boolean loaded, boolean voucher) {
        this.id = id;
        this.goalMillis = goalMillis;
        this.introduced = introduced;
        this.loaded = loaded;
        this.voucher = voucher;
    }

    /** As figures are named by it. */
    public String id() {
        return id;
    }

    /** The most, with a J3R180 and a fast line; null for information only. */
    public @Nullable Integer goalMillis() {
        return goalMillis;
    }

    /** Whether the card has met the till before. */
    boolean introduced() {
        return introduced;
    }

    /** Whether the month's allocation is on the card already. */
    boolean loaded() {
        return loaded;
    }

    /** Whether the fund has a voucher for the card. */
    boolean voucher() {
        return voucher;
    }
}
