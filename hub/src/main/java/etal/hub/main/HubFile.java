package etal.hub.main;

import etal.edge.config.ConfigFault;
import etal.edge.config.YamlConfig;
import etal.hub.books.Chart;
import etal.hub.members.Fund;
import etal.hub.members.Fund.Debtor;
import etal.hub.members.Member;
import etal.hub.members.PointOfSale;
import etal.hub.members.PublishedRules;
import etal.protocol.card.Period;
import etal.protocol.cbor.Malformed;
import etal.protocol.sync.KeyUpdates;
import etal.protocol.trust.TrustFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.iban4j.BicUtil;
import org.iban4j.Iban4jException;
import org.iban4j.IbanUtil;

/**
 * The hub's configuration, hub.yaml with the files it names, read whole before anything is done. Immutable.
 *
 * @param directory where hub.db and keys/ lie
 * @param trust the fund's certificates
 * @param store where the books are kept
 * @param broker where to connect
 * @param name under which the broker knows this hub
 * @param screen where to listen
 * @param driven whether the time is set from outside
 * @param cardKeys new keys for the fund's cards, each signed by the root
 * @param issuingSlot in which of their two slots for the fund's keys cards have the hub's documents key
 */
record HubFile(
        Fund fund,
        Path directory,
        TrustFile trust,
        Store store,
        URI broker,
        String name,
        InetSocketAddress screen,
        boolean driven,
        PublishedRules rules,
        Chart chart,
        List<Member> members,
        KeyUpdates cardKeys,
        int issuingSlot) {
    private static final long FUND_MAX = 0xFFFF_FFFFL;
    private static final long CENTS_MAX = 1_000_000_000_000L;
    private static final long SKEW_MILLIS = 60_000;
    private static final int NAME_LENGTH_MAX = 70;
    private static final String[] FIELDS = {
        "fund",
        "issuingSlot",
        "directory",
        "trust",
        "store",
        "storePassword",
        "broker",
        "name",
        "screen",
        "clock",
        "scheme",
        "catalogue",
        "members",
        "pointsOfSale",
        "debtor",
        "period",
        "opening",
        "skewMillisMax",
        "accounts",
        "events",
        "keys",
        "stolenTerminals"
    };

    /** The directory alone, all that {@code init} needs: the rest may not be there yet. */
    static Path directory(Path file) throws ConfigFault {
        YamlConfig config = YamlConfig.read(file);
        config.onlyFields(FIELDS);
        return config.path("directory");
    }

    /** The store alone. */
    static Store store(Path file) throws ConfigFault {
        YamlConfig config = YamlConfig.read(file);
        config.onlyFields(FIELDS);
        return Store.read(config);
    }

    /** Reads everything. @throws ConfigFault with the one line to show */
    static HubFile read(Path file) throws ConfigFault {
        YamlConfig config = YamlConfig.read(file);
        config.onlyFields(FIELDS);
        long id = config.number("fund", 1, FUND_MAX);
        PublishedRules rules = RulesFiles.read(config, id);
        TrustFile trust = trust(config);
        Fund fund = new Fund(
                id,
                pointsOfSale(config),
                debtor(config.section("debtor")),
                period(config),
                config.has("opening") ? config.section("opening").number("fundersCents", 0, CENTS_MAX, 0) : 0,
                config.number("skewMillisMax", 0, 86_400_000, SKEW_MILLIS),
                config.has("stolenTerminals") ? StolenTerminals.read(config.sections("stolenTerminals")) : List.of());
        return new HubFile(
                fund,
                config.path("directory"),
                trust,
                Store.read(config),
                config.uri("broker", "ssl"),
                brokerName(config),
                config.loopback("screen"),
                config.oneOf("clock", "driven", "system").equals("driven"),
                rules,
                chart(config),
                MembersFile.read(config.path("members")),
                config.has("keys") ? KeyUpdateFiles.read(config, "keys", id, trust.rootKey()) : KeyUpdates.none(),
                (int) config.number("issuingSlot", 0, 1, 0));
    }

    /** Two hubs behind one broker need two names; both begin with {@code hub}, for so the broker knows them. */
    private static String brokerName(YamlConfig config) throws ConfigFault {
        String name = config.has("name") ? config.text("name") : "hub";
        if (!name.matches("hub[a-z0-9-]{0,20}")) {
            throw config.fault("name", name, "hub, or hub with up to 20 of a-z, 0-9 and -");
        }
        return name;
    }

    private static List<PointOfSale> pointsOfSale(YamlConfig config) throws ConfigFault {
        List<PointOfSale> points = new ArrayList<>();
        TreeSet<Long> ids = new TreeSet<>();
        for (YamlConfig section : config.sections("pointsOfSale")) {
            section.onlyFields("id", "terminal", "name", "siren", "iban", "creditor");
            PointOfSale point = new PointOfSale(
                    section.number("id", 1, FUND_MAX),
                    section.number("terminal", 1, FUND_MAX),
                    section.text("name"),
                    siren(section),
                    iban(section),
                    name(section, "creditor"));
            if (!ids.add(point.id())) {
                throw section.fault("id", Long.toString(point.id()), "a number that no other point of sale has");
            }
            points.add(point);
        }
        if (points.isEmpty()) {
            throw config.fault("pointsOfSale", "nothing", "at least one point of sale");
        }
        return points;
    }

    private static String siren(YamlConfig section) throws ConfigFault {
        String siren = section.text("siren");
        if (!siren.matches("[0-9]{9}")) {
            throw section.fault("siren", siren, "9 digits");
        }
        return siren;
    }

    private static Debtor debtor(YamlConfig section) throws ConfigFault {
        section.onlyFields("name", "iban", "bic");
        String bic = section.text("bic");
        try {
            BicUtil.validate(bic);
        } catch (Iban4jException e) {
            throw section.fault("bic", bic, "a BIC of 8 or 11 characters");
        }
        return new Debtor(name(section, "name"), iban(section), bic);
    }

    private static String name(YamlConfig section, String field) throws ConfigFault {
        String name = section.text(field);
        if (name.length() > NAME_LENGTH_MAX) {
            throw section.fault(field, name.length() + " characters", "at most " + NAME_LENGTH_MAX);
        }
        return name;
    }

    private static String iban(YamlConfig section) throws ConfigFault {
        String iban = section.text("iban").replace(" ", "");
        try {
            IbanUtil.validate(iban);
            return iban;
        } catch (Iban4jException e) {
            throw section.fault("iban", iban, "an IBAN whose check digits are right");
        }
    }

    private static int period(YamlConfig config) throws ConfigFault {
        String month = config.text("period");
        try {
            YearMonth period = YearMonth.parse(month);
            return Period.of(period.getYear(), period.getMonthValue());
        } catch (DateTimeException | IllegalArgumentException e) {
            throw config.fault("period", month, "a month such as 2025-04");
        }
    }

    private static TrustFile trust(YamlConfig config) throws ConfigFault {
        try {
            return TrustFile.read(text(config, "trust"));
        } catch (Malformed e) {
            throw config.fault("trust", String.valueOf(e.getMessage()), "the fund's certificates");
        }
    }

    private static Chart chart(YamlConfig config) throws ConfigFault {
        if (config.has("accounts") != config.has("events")) {
            throw config.fault("accounts", "one of accounts and events", "both, or neither for those that ship");
        }
        if (!config.has("accounts")) {
            return Chart.shipped();
        }
        try {
            return Chart.read(text(config, "accounts"), text(config, "events")).completedBy(Chart.shipped());
        } catch (IllegalArgumentException e) {
            throw config.fault("accounts", String.valueOf(e.getMessage()), "the tables as they ship");
        }
    }

    private static String text(YamlConfig config, String field) throws ConfigFault {
        Path path = config.path(field);
        try {
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw config.fault(field, path + " cannot be read", "a file that can");
        }
    }
}
