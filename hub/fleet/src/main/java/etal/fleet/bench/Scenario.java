package etal.fleet.bench;

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
    /** All of it in one tap. */
    EVERYTHING("everything", 400, false, false, true);

    private final String id;
    private final int goalMillis;
    private final boolean introduced;
    private final boolean loaded;
    private final boolean voucher;

    Scenario(String id, int goalMillis, boolean introduced, boolean loaded, boolean voucher) {
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

    /** The most, with a J3R180 and a fast line. */
    public int goalMillis() {
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
