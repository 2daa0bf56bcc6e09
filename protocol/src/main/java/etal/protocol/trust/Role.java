package etal.protocol.trust;

/**
 * What the holder of a leaf certificate may do; it stands in the subject's OU. Each role has the authority that may give
 * it, because the terminal CA works online and must not be able to make a hub.
 */
public enum Role {
    /** Signs the entries of one ledger; its CN names it, such as {@code t3-e1}. */
    TERMINAL("terminal CA"),
    /** Signs checkpoints. */
    HUB_ACK("service CA"),
    /** Signs documents and period tokens. */
    HUB_DOCUMENTS("service CA"),
    /** Opens what is sealed to the hub. */
    HUB_SEAL("service CA"),
    /** The hub's client of the broker. */
    HUB_MQTT("service CA"),
    /** The broker's server. */
    BROKER("service CA"),
    /** The registrar's server. */
    REGISTRAR("service CA");

    private final String authority;

    Role(String authority) {
        this.authority = authority;
    }

    /** The common name of the authority that may give this role. */
    public String authority() {
        return authority;
    }
}
