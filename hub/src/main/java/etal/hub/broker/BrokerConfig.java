package etal.hub.broker;

import etal.edge.config.ConfigFault;
import etal.edge.config.DrivenClock;
import etal.edge.config.SystemClock;
import etal.edge.config.YamlConfig;
import etal.edge.keys.Pem;
import etal.edge.tls.TlsIdentity;
import etal.port.Clock;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.LedgerId;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * What the broker is told at its start. Arrays are not copied: nobody may change them.
 *
 * @param directory where it keeps its messages
 * @param listen an address of this machine's own network; port 0 means any free one
 * @param identity a certificate with the role BROKER, and its key
 * @param root the fund's root, DER
 * @param clock the time at which certificates must be valid
 * @param refused names of certificates that are not let in any more, such as {@code t3-e1} of a stolen terminal
 */
public record BrokerConfig(
        Path directory,
        InetSocketAddress listen,
        TlsIdentity identity,
        byte[] root,
        Clock clock,
        List<String> refused) {
    /** One that lets in everybody of the fund. */
    public BrokerConfig(Path directory, InetSocketAddress listen, TlsIdentity identity, byte[] root, Clock clock) {
        this(directory, listen, identity, root, clock, List.of());
    }

    /**
     * Reads it.
     *
     * <pre>
     * directory: .
     * listen: 127.0.0.1:8883
     * trust: ../trust.pem             # the first certificate is the root
     * certificate: keys/broker.pem    # leaf first
     * key: keys/broker.key
     * time: 2025-04-02T06:00:00Z      # only for days that are played: certificates are judged at that moment
     * refused: [t3-e1]                # stolen terminals, by ledger
     * </pre>
     *
     * @throws ConfigFault when a field is missing or wrong
     * @throws StorageFailed when a file it names cannot be read or is not what it must be
     */
    public static BrokerConfig read(YamlConfig config) throws ConfigFault, StorageFailed {
        config.onlyFields("directory", "listen", "trust", "certificate", "key", "time", "refused");
        return new BrokerConfig(
                config.path("directory"),
                config.loopback("listen"),
                TlsIdentity.read(config.path("certificate"), config.path("key")),
                Pem.certificates(config.path("trust")).getFirst(),
                clock(config),
                config.has("refused") ? refused(config) : List.of());
    }

    private static List<String> refused(YamlConfig config) throws ConfigFault {
        for (String name : config.texts("refused")) {
            try {
                LedgerId.parse(name);
            } catch (Malformed e) {
                throw config.fault("refused", name, "terminals with their epochs, such as t3-e1");
            }
        }
        return config.texts("refused");
    }

    private static Clock clock(YamlConfig config) throws ConfigFault {
        if (!config.has("time")) {
            SystemClock clock = new SystemClock();
            clock.trusted(true);
            return clock;
        }
        String time = config.text("time");
        try {
            Instant instant = Instant.parse(time);
            DrivenClock clock = new DrivenClock(instant);
            clock.set(instant);
            return clock;
        } catch (DateTimeParseException e) {
            throw config.fault("time", time, "a moment such as 2025-04-02T06:00:00Z");
        }
    }
}
