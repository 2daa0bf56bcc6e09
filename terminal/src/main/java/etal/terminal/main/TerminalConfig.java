package etal.terminal.main;

import etal.edge.config.ConfigFault;
import etal.edge.config.YamlConfig;
import etal.protocol.ledger.LedgerId;
import etal.protocol.split.PointOfSale;
import etal.terminal.hardware.printer.PrinterSettings;
import etal.terminal.hardware.scale.ScaleSettings;
import etal.terminal.sale.Seller;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What stands in {@code terminal.yaml}. Relative paths are relative to where it lies.
 *
 * @param name of the stall, as on screen and receipt
 * @param directory of database and keys
 * @param trust the fund's certificates
 * @param ticket the claim ticket's text; needed until the terminal is enrolled
 * @param broker absent at a stall without any network
 * @param screen where the screen's interface listens
 * @param frame the origin whose pages may show the screen in a frame, such as {@code http://127.0.0.1:8630}; usually none
 * @param tiles the products that have a tile, by their ids; empty where all of the catalogue have one
 * @param cardAlone at a stall that keeps a till of its own, the family of what the card pays: the screen asks for two amounts
 * @param reader where cards are laid
 * @param printer where receipts are printed
 * @param scale whose weight is offered; absent where weights are typed
 * @param medium the directory of the second medium
 * @param usb the folder of the stick that is carried to the hub and back; absent where none is
 * @param before in a rebuilt terminal, what there is of the epoch before
 * @param drivenClock whether the time is set from outside
 * @param hardware the stall build file; absent where light and sound are mocked
 */
record TerminalConfig(
        LedgerId ledger,
        long fund,
        String name,
        Seller seller,
        Path directory,
        Path trust,
        Optional<String> ticket,
        Optional<URI> broker,
        InetSocketAddress screen,
        Optional<URI> frame,
        List<String> tiles,
        Optional<String> cardAlone,
        ReaderSettings reader,
        PrinterSettings printer,
        Optional<ScaleSettings> scale,
        Path medium,
        Optional<Path> usb,
        Optional<BeforeSettings> before,
        boolean drivenClock,
        Optional<Path> hardware,
        Locale language) {
    /** All there are; what the package ships explains each. */
    static final List<String> FIELDS = List.of(
            "terminal",
            "epoch",
            "fund",
            "name",
            "seller",
            "pointOfSale",
            "directory",
            "trust",
            "ticket",
            "broker",
            "screen",
            "frame",
            "tiles",
            "cardAlone",
            "reader",
            "printer",
            "scale",
            "medium",
            "usb",
            "before",
            "clock",
            "hardware",
            "language");

    private static final long UINT32_MAX = 0xffff_ffffL;
    private static final int TEXT_CHARS_MAX = 60;

    static TerminalConfig read(Path file) throws ConfigFault {
        return of(YamlConfig.read(file));
    }

    static TerminalConfig of(YamlConfig yaml) throws ConfigFault {
        yaml.onlyFields(FIELDS.toArray(String[]::new));
        boolean mock = yaml.text("hardware", "mock").equals("mock");
        long epoch = yaml.number("epoch", 1, UINT32_MAX);
        return new TerminalConfig(
                new LedgerId(yaml.number("terminal", 1, UINT32_MAX), epoch),
                yaml.number("fund", 1, UINT32_MAX),
                yaml.text("name"),
                seller(yaml),
                yaml.path("directory"),
                yaml.path("trust"),
                yaml.has("ticket") ? Optional.of(yaml.text("ticket")) : Optional.empty(),
                yaml.has("broker") ? Optional.of(yaml.uri("broker", "ssl")) : Optional.empty(),
                yaml.loopback("screen"),
                yaml.has("frame") ? Optional.of(origin(yaml)) : Optional.empty(),
                yaml.has("tiles") ? yaml.texts("tiles") : List.of(),
                yaml.has("cardAlone") ? Optional.of(yaml.text("cardAlone")) : Optional.empty(),
                ReaderSettings.of(yaml.section("reader")),
                PrinterSettings.of(yaml.section("printer")),
                yaml.has("scale") ? Optional.of(ScaleSettings.of(yaml.section("scale"))) : Optional.empty(),
                yaml.path("medium"),
                yaml.has("usb") ? Optional.of(yaml.path("usb")) : Optional.empty(),
                yaml.has("before") ? Optional.of(BeforeSettings.of(yaml.section("before"), epoch)) : Optional.empty(),
                yaml.has("clock") && yaml.oneOf("clock", "driven", "system").equals("driven"),
                mock ? Optional.empty() : Optional.of(yaml.path("hardware")),
                Locale.of(yaml.has("language") ? yaml.oneOf("language", "fr", "en") : "fr"));
    }

    /** It goes into a header as it is, so it is an origin and nothing more (RFC 6454). */
    private static URI origin(YamlConfig yaml) throws ConfigFault {
        URI uri = yaml.uri("frame", "http");
        if (!uri.toString().equals("http://" + uri.getHost() + ":" + uri.getPort())) {
            throw yaml.fault("frame", uri.toString(), "http://HOST:PORT and nothing after it");
        }
        return uri;
    }

    private static Seller seller(YamlConfig yaml) throws ConfigFault {
        YamlConfig seller = yaml.section("seller");
        seller.onlyFields("siren", "name", "vat");
        String siren = seller.text("siren");
        if (!siren.matches("[0-9]{9}")) {
            throw seller.fault("siren", siren, "nine digits in quotes");
        }
        String name = seller.text("name", yaml.text("name"));
        if (name.length() > TEXT_CHARS_MAX || name.chars().anyMatch(Character::isISOControl)) {
            throw seller.fault("name", name, "at most " + TEXT_CHARS_MAX + " visible characters");
        }
        Seller.VatRegime regime = Seller.VatRegime.valueOf(
                seller.oneOf("vat", "normal", "franchise", "forfait").toUpperCase(Locale.ROOT));
        long pointOfSale = yaml.number("pointOfSale", 1, UINT32_MAX);
        return new Seller(new PointOfSale(pointOfSale, siren), name, regime);
    }
}
