package etal.fleet.real.market;

import etal.fleet.world.place.MarketDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Eclipse Mosquitto as the broker, set as hub/docs/broker.md says: mutual TLS, access by the certificate's name, nothing kept on
 * disk. Immutable.
 */
final class Mosquitto {
    private final Path directory;
    private final int port;

    private Mosquitto(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Lays out its files for a market with these stalls; the market's broker key and certificates must be there when it starts. */
    static Mosquitto layOut(MarketDirectory market, List<Integer> stalls) throws IOException {
        Path directory = Files.createDirectories(market.root().resolve("mosquitto"));
        var mosquitto = new Mosquitto(directory, freePort());
        Files.writeString(directory.resolve("acl"), acl(stalls));
        Files.writeString(directory.resolve("mosquitto.conf"), """
                user root
                listener %d 127.0.0.1
                cafile %s
                certfile %s
                keyfile %s
                tls_version tlsv1.3
                require_certificate true
                use_identity_as_username true
                allow_anonymous false
                acl_file %s
                message_size_limit 1052672
                max_keepalive 60
                persistence false
                log_dest stderr
                log_type error
                log_type warning
                log_type notice
                """.formatted(
                        mosquitto.port,
                        market.trust(),
                        market.broker().resolve("keys/broker.pem"),
                        market.broker().resolve("keys/broker.key"),
                        directory.resolve("acl")));
        return mosquitto;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Who may do what: a terminal under its ledger's name, the hub under its role's. */
    private static String acl(List<Integer> stalls) {
        StringBuilder acl = new StringBuilder("""
                user hub mqtt
                topic read etal/1/up/+
                topic read etal/1/here/+
                topic write etal/1/ack/+
                topic write etal/1/gap/+
                topic write etal/1/doc/#
                """);
        for (int stall : stalls) {
            acl.append("""

                    user t%1$d-e1
                    topic write etal/1/up/%1$d
                    topic write etal/1/here/%1$d
                    topic read etal/1/ack/%1$d
                    topic read etal/1/gap/%1$d
                    topic read etal/1/doc/#
                    """.formatted(stall));
        }
        return acl.toString();
    }

    /** Where it listens. */
    int port() {
        return port;
    }

    /** Starts it, and says that it is ready once it listens, as our own broker does; {@code shown} is the port that it says. */
    List<String> command(int shown) {
        return List.of(
                "/bin/bash",
                "-c",
                // Beside it: the word that it is ready, and its end with ours.
                "exec 3<&0; (until (: <\"/dev/tcp/127.0.0.1/$2\") 2>/dev/null; do kill -0 $$ || exit; done;"
                        + " echo \"ready broker ssl://127.0.0.1:$3\"; cat <&3 >/dev/null;"
                        + " [ \"$(cat /proc/$$/comm)\" = mosquitto ] && kill $$) & exec mosquitto -c \"$1\" 3<&- </dev/null",
                "bash",
                directory.resolve("mosquitto.conf").toString(),
                Integer.toString(port),
                Integer.toString(shown));
    }
}
