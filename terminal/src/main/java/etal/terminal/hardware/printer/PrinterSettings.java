package etal.terminal.hardware.printer;

import etal.edge.config.ConfigFault;
import etal.edge.config.YamlConfig;
import etal.port.Loop;
import etal.port.printer.Printer;
import etal.terminal.hardware.DirectoryPrinter;
import etal.terminal.hardware.line.DeviceLine;
import etal.terminal.hardware.line.DeviceLine.Flow;
import etal.terminal.hardware.line.Line;
import etal.terminal.hardware.line.TcpLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** What {@code terminal.yaml} says under {@code printer}: where receipts are printed. Immutable. */
public sealed interface PrinterSettings {
    /** How many characters fit on a line: 32 on paper of 58 mm, 42 or 48 on paper of 80 mm, as the printer's font is. */
    int columns();

    /** Receipts are laid down as files in a directory. */
    record Directory(Path path, int columns) implements PrinterSettings {}

    /**
     * A printer of the network, usually at its port 9100.
     *
     * @param answers whether it says how it is
     */
    record Tcp(String host, int port, int columns, boolean answers) implements PrinterSettings {}

    /** A printer on a serial port. */
    record Serial(Path device, int baud, Flow flow, int columns, boolean answers) implements PrinterSettings {}

    /** A printer on USB that has a device file of its own. */
    record Usb(Path device, int columns, boolean answers) implements PrinterSettings {}

    /** Reads the section {@code printer}. */
    static PrinterSettings of(YamlConfig printer) throws ConfigFault {
        int columns =
                printer.has("columns") ? Integer.parseInt(printer.oneOf("columns", "32", "42", "48")) : Printer.COLUMNS;
        return switch (printer.oneOf("kind", "directory", "tcp", "serial", "usb")) {
            case "directory" -> {
                printer.onlyFields("kind", "path", "columns");
                yield new Directory(printer.path("path"), columns);
            }
            case "tcp" -> tcp(printer, columns);
            case "serial" -> serial(printer, columns);
            default -> {
                printer.onlyFields("kind", "device", "columns", "answers");
                yield new Usb(printer.path("device"), columns, printer.flag("answers", true));
            }
        };
    }

    private static Tcp tcp(YamlConfig printer, int columns) throws ConfigFault {
        printer.onlyFields("kind", "host", "port", "columns", "answers");
        String host = printer.text("host");
        if (!host.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,252}")) {
            throw printer.fault("host", host, "an address such as 192.168.1.50, or a name");
        }
        int port = (int) printer.number("port", 1, 65_535, 9_100);
        return new Tcp(host, port, columns, printer.flag("answers", true));
    }

    private static Serial serial(YamlConfig printer, int columns) throws ConfigFault {
        printer.onlyFields("kind", "device", "baud", "flow", "columns", "answers");
        String baud = printer.has("baud") ? printer.oneOf("baud", "9600", "19200", "38400", "57600", "115200") : "9600";
        String flow = printer.has("flow") ? printer.oneOf("flow", "none", "hardware", "software") : "none";
        return new Serial(
                printer.path("device"),
                Integer.parseInt(baud),
                Flow.valueOf(flow.toUpperCase(Locale.ROOT)),
                columns,
                printer.flag("answers", true));
    }

    /**
     * The printer these name, which need not be there yet.
     *
     * @param loop where it tells what did not come out
     */
    default Opened open(Loop loop) {
        return switch (this) {
            case Directory directory -> new Opened(new DirectoryPrinter(directory.path(), columns()), () -> {});
            case Tcp tcp ->
                queued(() -> TcpLine.connect(tcp.host(), tcp.port(), Duration.ofSeconds(3)), loop, tcp.answers());
            case Serial serial ->
                queued(() -> DeviceLine.serial(serial.device(), serial.baud(), serial.flow()), loop, serial.answers());
            case Usb usb -> queued(() -> DeviceLine.usb(usb.device()), loop, usb.answers());
        };
    }

    private Opened queued(Line.Opening opening, Loop loop, boolean answers) {
        QueuedPrinter printer = QueuedPrinter.start(opening, loop, columns(), answers);
        return new Opened(printer, printer);
    }

    /** A printer and what lets it go. */
    record Opened(Printer printer, AutoCloseable closing) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            closing.close();
        }
    }
}
