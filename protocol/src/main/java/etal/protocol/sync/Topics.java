package etal.protocol.sync;

/** The names of the MQTT topics. Stateless; safe for use by any thread. */
public final class Topics {
    static final long TERMINAL_MAX = 0xffff_ffffL;

    private Topics() {}

    /** Where a terminal sends its batches. */
    public static String up(long fund, long terminal) {
        return "etal/" + fund + "/up/" + terminal;
    }

    /** The filter by which the hub takes the batches of all terminals of a fund. */
    public static String upOfAll(long fund) {
        return "etal/" + fund + "/up/+";
    }

    /** Where a terminal says that it is there. */
    public static String here(long fund, long terminal) {
        return "etal/" + fund + "/here/" + terminal;
    }

    /** The filter by which the hub hears which terminals of a fund are there. */
    public static String hereOfAll(long fund) {
        return "etal/" + fund + "/here/+";
    }

    /** Where the hub acknowledges. */
    public static String ack(long fund, long terminal) {
        return "etal/" + fund + "/ack/" + terminal;
    }

    /** Where the hub asks for what is missing. */
    public static String gap(long fund, long terminal) {
        return "etal/" + fund + "/gap/" + terminal;
    }

    /**
     * Where one version of a document stands, retained. Each has a topic of its own, so that one that will hold takes the
     * place of none that holds; an empty message there takes it away once it is superseded.
     */
    public static String doc(long fund, String kind, long version) {
        return allDocs(fund) + kind + "/" + version;
    }

    /** How the topics of a fund's documents begin. */
    public static String allDocs(long fund) {
        return "etal/" + fund + "/doc/";
    }

    /** The filter by which a terminal takes all documents of its fund, all versions that are published. */
    public static String docs(long fund) {
        return allDocs(fund) + "#";
    }
}
