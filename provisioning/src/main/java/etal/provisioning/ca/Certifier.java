package etal.provisioning.ca;

import java.util.Locale;

/** The four that sign. The root signs only the other three, and its key is needed for nothing else. */
enum Certifier {
    ROOT("etal root", 1),
    CARD("card CA 1", 0),
    TERMINAL("terminal CA", 0),
    SERVICE("service CA", 0);

    /** The number under which cards and terminals know this generation of the card and terminal CA. */
    static final int KEY_NUMBER = 1;

    private final String commonName;
    private final int pathLength;

    Certifier(String commonName, int pathLength) {
        this.commonName = commonName;
        this.pathLength = pathLength;
    }

    String commonName() {
        return commonName;
    }

    Profile profile() {
        return new Profile.Certifier(pathLength);
    }

    /** Where its key lies, below the authority's directory. The root's has a directory of its own, to be carried away. */
    String keyFile() {
        String name = name().toLowerCase(Locale.ROOT);
        return this == ROOT ? "root/root.key" : name + "-ca.key";
    }
}
