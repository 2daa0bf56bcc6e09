package etal.edge.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that a foreign page makes a browser send: by a name that was bound to this machine's address (DNS
 * rebinding), or from another origin (Fetch standard; RFC 6454). Stateless.
 */
final class LocalOnly {
    private static final List<String> HOSTS = List.of("127.0.0.1", "localhost");

    private LocalOnly() {}

    /**
     * Refuses with 403.
     *
     * @param host the header of that name, which HTTP/1.1 demands
     * @param origin the header of that name, which browsers send with what changes something
     * @param port on which we listen
     */
    static void insist(@Nullable String host, @Nullable String origin, int port) throws WebRefusal {
        if (host == null || !isOurs(host, port)) {
            throw new WebRefusal(403, "foreign-host", "This server answers to 127.0.0.1 and localhost only.");
        }
        boolean foreign = origin != null && !(origin.startsWith("http://") && isOurs(origin.substring(7), port));
        if (foreign) {
            throw new WebRefusal(403, "foreign-origin", "This server answers to its own pages only.");
        }
    }

    private static boolean isOurs(String hostAndPort, int port) {
        return HOSTS.stream().anyMatch(host -> hostAndPort.equals(host + ":" + port));
    }
}
