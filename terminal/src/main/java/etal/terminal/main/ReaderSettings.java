package etal.terminal.main;

import etal.edge.config.ConfigFault;
import etal.edge.config.YamlConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** What {@code terminal.yaml} says under {@code reader}: where cards are laid. */
sealed interface ReaderSettings {
    /** A virtual reader on a loopback address, to which cards connect. */
    record Tcp(InetSocketAddress listen) implements ReaderSettings {}

    /**
     * A PN532 module.
     *
     * @param device a serial port such as {@code /dev/ttyAMA0}, or an SPI bus such as {@code /dev/spidev0.0}
     * @param baud at which it speaks on a serial port once it is awake
     */
    record Pn532(Path device, int baud) implements ReaderSettings {}

    /**
     * A reader of the system's PC/SC service.
     *
     * @param name a part of its name, in any case; empty for the first there is
     */
    record Pcsc(String name) implements ReaderSettings {}

    /** Reads the section {@code reader}. */
    static ReaderSettings of(YamlConfig reader) throws ConfigFault {
        return switch (reader.oneOf("kind", "tcp", "pn532", "pcsc")) {
            case "tcp" -> tcp(reader);
            case "pcsc" -> pcsc(reader);
            default -> pn532(reader);
        };
    }

    private static ReaderSettings tcp(YamlConfig reader) throws ConfigFault {
        reader.onlyFields("kind", "listen");
        return new Tcp(reader.loopback("listen"));
    }

    private static ReaderSettings pcsc(YamlConfig reader) throws ConfigFault {
        reader.onlyFields("kind", "name");
        return new Pcsc(reader.text("name", ""));
    }

    private static ReaderSettings pn532(YamlConfig reader) throws ConfigFault {
        reader.onlyFields("kind", "device", "baud");
        String baud = reader.has("baud") ? reader.oneOf("baud", "115200", "230400", "460800", "921600") : "921600";
        return new Pn532(reader.path("device"), Integer.parseInt(baud));
    }
}
