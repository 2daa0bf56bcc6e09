package etal.fleet.world.place;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import etal.fleet.market.Household;
import etal.fleet.market.StallOfTheDay;
import etal.port.Clock;
import etal.port.Entropy;
import etal.port.StorageFailed;
import etal.protocol.card.CardCertificate;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.LedgerId;
import etal.provisioning.cards.IssuedCard;
import etal.provisioning.ticket.TicketOffice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The configuration files of a market's programs, as a technician would write them. */
public final class Configuration {
    private static final long FUND = 1;
    private static final Duration TICKET_VALID = Duration.ofHours(12);
    private static final String FUND_IBAN = "FR7630001007940000000009945";

    private final MarketDirectory directory;
    private final Setting setting;
    private final Clock clock;
    private final Entropy entropy;
    private final Map<Integer, String> tickets = new TreeMap<>();
    private String hubLines = "";

    /** For a market in {@code directory}; tickets hold from {@code clock}'s time. */
    public Configuration(MarketDirectory directory, Setting setting, Clock clock, Entropy entropy) {
        this.directory = directory;
        this.setting = setting;
        this.clock = clock;
        this.entropy = entropy;
    }

    /** Lines that hub.yaml gets beside its usual ones, each with its end. */
    public void hubAlso(String lines) {
        hubLines = lines;
    }

    Path hubFile() {
        return directory.hub().resolve("hub.yaml");
    }

    Path brokerFile() {
        return directory.broker().resolve("broker.yaml");
    }

    Path registrarFile() {
        return directory.registrar().resolve("registrar.yaml");
    }

    /** Whether a till has its certificate already. */
    boolean isEnrolled(int stall) {
        return Files.isRegularFile(directory.terminal(stall).resolve("keys").resolve("chain.pem"));
    }

    /** What broker and registrar read. */
    void writeServices() throws IOException {
        write(brokerFile(), """
                directory: .
                listen: 127.0.0.1:0
                trust: ../trust.pem
                certificate: keys/broker.pem
                key: keys/broker.key
                %s""".formatted(setting.driven() ? "time: " + clock.now() + "\n" : ""));
        writeRegistrar("127.0.0.1:0");
    }

    /** The registrar's file. Tickets name its address: once it has one it comes back there, whatever happens to it. */
    void writeRegistrar(String listen) throws IOException {
        write(registrarFile(), """
                fund: %d
                authority: ../ca
                tickets: tickets
                cards: ../cards
                listen: %s
                clock: %s
                """.formatted(
                        FUND, listen, setting.driven() ? "driven\nnow: " + clock.now() : "system"));
    }

    /** The rules, the prices and the members. */
    void writeFund(List<IssuedCard> cards) throws IOException {
        write(directory.hub().resolve("scheme.yaml"), FundScheme.yaml());
        write(directory.hub().resolve("catalogue.csv"), setting.catalogueCsv());
        write(directory.hub().resolve("members.json"), members(cards));
    }

    private String members(List<IssuedCard> cards) throws IOException {
        var json = new ObjectMapper();
        ArrayNode list = json.createArrayNode();
        for (int i = 0; i < cards.size(); i++) {
            Household household = setting.households().get(i);
            CardCertificate certificate = cards.get(i).certificate();
            list.addObject()
                    .put("household", household.id())
                    .put("card", Hash.hex(certificate.cardId()))
                    .put("certificate", Hash.hex(certificate.encode()))
                    .put("persons", household.persons())
                    .put("entitlementCents", cards.get(i).entitlement().amountCents())
                    .put("earnableCents", cards.get(i).entitlement().earnableCents())
                    .put("keepCents", cards.get(i).entitlement().keepCents())
                    .put("pointOfSale", cards.get(i).entitlement().pointOfSale())
                    .put("firstPeriod", cards.get(i).entitlement().firstPeriod())
                    .put("lastPeriod", cards.get(i).entitlement().lastPeriod())
                    .put("catchUpMonths", cards.get(i).entitlement().catchUpMonths())
                    .put("contributionCents", household.contributionCents())
                    .put("denied", setting.denied().contains(household.number()));
        }
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(list);
    }

    /** The hub's file; its way to the broker is a cable like any other. */
    void writeHub(int cablePort) throws IOException {
        String points = setting.stalls().stream().map(Configuration::point).collect(Collectors.joining());
        write(hubFile(), """
                fund: %d
                directory: .
                trust: ../trust.pem
                broker: ssl://127.0.0.1:%d
                screen: 127.0.0.1:%d
                clock: %s
                scheme: scheme.yaml
                catalogue: catalogue.csv
                members: members.json
                pointsOfSale:
                %sdebtor: { name: "Caisse alimentaire de Dieulefit", iban: %s, bic: BDFEFRPPXXX }
                period: %s
                opening: { fundersCents: %d }
                %s""".formatted(
                        FUND,
                        cablePort,
                        setting.hubPort(),
                        setting.driven() ? "driven" : "system",
                        points,
                        FUND_IBAN,
                        YearMonth.from(setting.day()),
                        setting.fundersCents(),
                        hubLines));
    }

    private static String point(StallOfTheDay stall) {
        return String.format(
                Locale.ROOT,
                "  - { id: %d, terminal: %d, name: \"%s\", siren: \"%s\", iban: %s, creditor: \"%s\" }%n",
                stall.number(),
                stall.number(),
                stall.name(),
                stall.siren(),
                stall.iban(),
                stall.name());
    }

    /** A claim ticket for each of these tills that has no certificate yet. */
    void writeTickets(Collection<Integer> stalls, String registrarUri) throws IOException {
        var office = new TicketOffice(directory.registrar().resolve("tickets"), clock, entropy);
        for (int stall : stalls) {
            if (!isEnrolled(stall)) {
                try {
                    var ticket = office.issue(FUND, new LedgerId(stall, 1), registrarUri, TICKET_VALID);
                    tickets.put(stall, ticket.claim().text());
                } catch (StorageFailed e) {
                    throw new IOException(e.getMessage(), e);
                }
            }
        }
    }

    /** One till's file. */
    Path writeStall(StallOfTheDay stall, int cablePort) throws IOException {
        Path file = directory.terminal(stall.number()).resolve("terminal.yaml");
        String ticket = tickets.getOrDefault(stall.number(), "");
        Optional<Setting.Screen> screen = Optional.ofNullable(setting.screens().get(stall.number()));
        write(file, """
                terminal: %d
                epoch: 1
                fund: %d
                name: "%s"
                seller: { siren: "%s", name: "%s", vat: %s }
                pointOfSale: %d
                directory: .
                trust: ../../trust.pem
                broker: ssl://127.0.0.1:%d
                screen: 127.0.0.1:%d
                reader: { kind: tcp, listen: 127.0.0.1:0 }
                printer: { kind: directory, path: ../../receipts }
                medium: stick
                clock: %s
                hardware: mock
                %s%s""".formatted(
                        stall.number(),
                        FUND,
                        stall.name(),
                        stall.siren(),
                        stall.name(),
                        stall.regime(),
                        stall.number(),
                        cablePort,
                        screen.map(Setting.Screen::port).orElse(0),
                        setting.driven() ? "driven" : "system",
                        screen.map(Configuration::looks).orElse(""),
                        ticket.isEmpty() ? "" : "ticket: \"" + ticket + "\"\n"));
        return file;
    }

    private static String looks(Setting.Screen screen) {
        String tiles = screen.tiles().stream().map(tile -> '"' + tile + '"').collect(Collectors.joining(", "));
        return "frame: " + screen.frame() + "\ntiles: [" + tiles + "]\n";
    }

    private static void write(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, text, StandardCharsets.UTF_8);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
