package etal.terminal.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.config.ConfigFault;
import etal.edge.config.YamlConfig;
import etal.protocol.ledger.LedgerId;
import etal.terminal.hardware.line.DeviceLine;
import etal.terminal.hardware.printer.PrinterSettings;
import etal.terminal.hardware.scale.ScaleSettings;
import etal.terminal.sale.Seller;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code terminal.yaml}: what it says, and how a fault in it is named. */
class TerminalConfigTest {
    private static final Path HERE = Path.of("/somewhere/terminals/t3");
    private static final String YAML = """
            terminal: 3
            epoch: 1
            fund: 1
            name: Chèvrerie du Lavoir
            seller: { siren: "123456789", name: EARL du Lavoir, vat: franchise }
            pointOfSale: 30
            directory: .
            trust: ../../trust.pem
            ticket: "a ticket"
            broker: ssl://127.0.0.1:8883
            screen: 127.0.0.1:0
            reader: { kind: tcp, listen: 127.0.0.1:0 }
            printer: { kind: directory, path: ../../receipts }
            medium: stick
            clock: driven
            hardware: mock
            """;

    @Test
    void everything_is_read_and_paths_are_relative_to_the_file() throws ConfigFault {
        TerminalConfig config = read(YAML);

        assertEquals(new LedgerId(3, 1), config.ledger());
        assertEquals("EARL du Lavoir", config.seller().name());
        assertEquals(30, config.seller().pointOfSale().id());
        assertEquals(Seller.VatRegime.FRANCHISE, config.seller().regime());
        assertEquals(Path.of("/somewhere/trust.pem"), config.trust());
        assertEquals(HERE.resolve("stick"), config.medium());
        assertEquals(new PrinterSettings.Directory(Path.of("/somewhere/receipts"), 42), config.printer());
        assertEquals(Optional.empty(), config.hardware());
        assertEquals(Locale.FRENCH, config.language());
        assertTrue(config.drivenClock());
    }

    @Test
    void the_reader_is_a_virtual_one_or_a_module_on_a_serial_port() throws ConfigFault {
        assertEquals(
                new ReaderSettings.Tcp(new InetSocketAddress("127.0.0.1", 0)),
                read(YAML).reader());
        String tcp = "{ kind: tcp, listen: 127.0.0.1:0 }";
        assertEquals(
                new ReaderSettings.Pn532(Path.of("/dev/ttyAMA0"), 921_600),
                read(YAML.replace(tcp, "{ kind: pn532, device: /dev/ttyAMA0 }")).reader());
        assertEquals(
                new ReaderSettings.Pn532(Path.of("/dev/ttyUSB0"), 115_200),
                read(YAML.replace(tcp, "{ kind: pn532, device: /dev/ttyUSB0, baud: 115200 }"))
                        .reader());
        assertEquals(
                new ReaderSettings.Pcsc(""),
                read(YAML.replace(tcp, "{ kind: pcsc }")).reader());
        assertEquals(
                new ReaderSettings.Pcsc("ACR1252 PICC"),
                read(YAML.replace(tcp, "{ kind: pcsc, name: ACR1252 PICC }")).reader());
        assertFault("terminal.yaml:12: reader.baud: unknown field,", tcp, "{ kind: pcsc, baud: 115200 }");
        assertFault("terminal.yaml:12: reader.device: nothing,", tcp, "{ kind: pn532 }");
        assertFault("terminal.yaml:12: reader.listen: unknown field,", tcp, "{ kind: pn532, listen: 127.0.0.1:0 }");
        assertFault("terminal.yaml:12: reader.baud: 9600,", tcp, "{ kind: pn532, device: /dev/x, baud: 9600 }");
    }

    @Test
    void the_printer_is_a_directory_an_address_a_serial_port_or_a_device_file() throws ConfigFault {
        String files = "{ kind: directory, path: ../../receipts }";
        assertEquals(
                new PrinterSettings.Tcp("192.168.1.50", 9_100, 48, true),
                read(YAML.replace(files, "{ kind: tcp, host: 192.168.1.50, columns: 48 }"))
                        .printer());
        assertEquals(
                new PrinterSettings.Serial(Path.of("/dev/ttyUSB1"), 38_400, DeviceLine.Flow.HARDWARE, 32, false),
                read(YAML.replace(
                                files,
                                "{ kind: serial, device: /dev/ttyUSB1, baud: 38400, flow: hardware, columns: 32,"
                                        + " answers: false }"))
                        .printer());
        assertEquals(
                new PrinterSettings.Usb(Path.of("/dev/usb/lp0"), 42, true),
                read(YAML.replace(files, "{ kind: usb, device: /dev/usb/lp0 }")).printer());
        assertFault("terminal.yaml:13: printer.columns: 40, 32 or 42 or 48", files, "{ kind: usb, columns: 40 }");
        assertFault("terminal.yaml:13: printer.path: unknown field,", files, "{ kind: tcp, path: x }");
        assertFault("terminal.yaml:13: printer.host: a b,", files, "{ kind: tcp, host: a b }");
        assertFault("terminal.yaml:13: printer.port: 0,", files, "{ kind: tcp, host: a, port: 0 }");
    }

    @Test
    void a_scale_is_on_a_serial_port_or_there_is_none() throws ConfigFault {
        assertEquals(Optional.empty(), read(YAML).scale());
        assertEquals(
                Optional.of(new ScaleSettings(Path.of("/dev/ttyUSB1"), 9_600)),
                read(YAML + "scale: { kind: mt-sics, device: /dev/ttyUSB1 }\n").scale());
        assertFault(
                "terminal.yaml:17: scale.kind: dialog, mt-sics",
                "hardware: mock",
                "hardware: mock\nscale: { kind: dialog }");
    }

    @Test
    void a_stall_without_network_or_ticket_needs_neither_line() throws ConfigFault {
        TerminalConfig config = read(YAML.replaceAll("(?m)^broker:.*\\n", "").replaceAll("(?m)^ticket:.*\\n", ""));

        assertEquals(Optional.empty(), config.broker());
        assertEquals(Optional.empty(), config.ticket());
    }

    @Test
    void who_may_frame_the_screen_is_an_origin_and_nothing_more() throws ConfigFault {
        assertEquals(
                Optional.of(URI.create("http://127.0.0.1:8630")),
                read(YAML + "frame: http://127.0.0.1:8630\n").frame());
        for (String more : List.of("/", "/;default-src", "?a", "#a")) {
            assertFault(
                    "terminal.yaml:17: frame: http://127.0.0.1:8630" + more + ",",
                    "hardware: mock",
                    "hardware: mock\nframe: \"http://127.0.0.1:8630" + more + "\"");
        }
    }

    @Test
    void a_fault_names_line_field_found_and_allowed() {
        assertFault("terminal.yaml:5: seller.siren: 12, nine digits", "\"123456789\"", "\"12\"");
        assertFault("terminal.yaml:5: seller.vat: none,", "vat: franchise", "vat: none");
        assertFault("terminal.yaml:1: terminal: 0,", "terminal: 3", "terminal: 0");
        assertFault("terminal.yaml:11: screen: 0.0.0.0:80,", "screen: 127.0.0.1:0", "screen: 0.0.0.0:80");
        assertFault("terminal.yaml:12: reader.kind: nfc,", "kind: tcp", "kind: nfc");
        assertFault("terminal.yaml:14: medum: unknown field,", "medium: stick", "medum: stick");
    }

    @Test
    void a_rebuilt_terminal_names_what_there_is_of_the_epoch_before() throws ConfigFault {
        String rebuilt = YAML.replace("epoch: 1", "epoch: 2");
        BeforeSettings before = read(rebuilt + "before: { epoch: 1, medium: old, number: 41, head: " + "ab".repeat(32)
                        + ", certificates: t3-e1.pem }\n")
                .before()
                .orElseThrow();

        assertEquals(Optional.of(HERE.resolve("old")), before.medium());
        assertEquals(Optional.of(HERE.resolve("t3-e1.pem")), before.certificates());
        assertEquals(41, before.told().orElseThrow().number());
        assertEquals(Optional.empty(), read(YAML).before());
        String mock = "hardware: mock";
        assertFault("terminal.yaml:17: before.epoch: 1, an epoch before 1", mock, mock + "\nbefore: { epoch: 1 }");
        ConfigFault head =
                assertThrows(ConfigFault.class, () -> read(rebuilt + "before: { epoch: 1, number: 41, head: abc }\n"));
        assertTrue(String.valueOf(head.getMessage()).contains("64 hexadecimal digits"), head.getMessage());
    }

    private static void assertFault(String line, String right, String wrong) {
        ConfigFault fault = assertThrows(ConfigFault.class, () -> read(YAML.replace(right, wrong)));
        assertTrue(String.valueOf(fault.getMessage()).startsWith(line), fault.getMessage());
    }

    private static TerminalConfig read(String yaml) throws ConfigFault {
        return TerminalConfig.of(YamlConfig.of(yaml, "terminal.yaml", HERE));
    }
}
