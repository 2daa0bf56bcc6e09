package etal.hub.main;

import etal.edge.config.ConfigFault;
import etal.edge.config.YamlConfig;
import etal.hub.members.Member;
import etal.protocol.card.Balances;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Period;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Reads members.json: a list of {@code {household, card, certificate, persons, entitlementCents, earnableCents, keepCents,
 * pointOfSale, firstPeriod, lastPeriod, catchUpMonths, entitlementVersion, contributionCents, denied, replaces}}, card and
 * certificate in hexadecimal, periods as numbers of {@link Period}. May be left out: {@code earnableCents} (0), {@code keepCents}
 * (all is kept), {@code pointOfSale} (0: everywhere), {@code catchUpMonths} (0), {@code entitlementVersion} (1), {@code denied}
 * (false), {@code replaces} (no card) and {@code earlier}, a list of entitlements of lower versions that a restored hub has forgotten,
 * each with the fields of one. See hub/docs/vouchers.md and hub/docs/restore.md.
 */
final class MembersFile {
    private static final int CARD_LENGTH = 8;
    private static final List<String> OF_A_CARD = List.of(
            "household", "card", "certificate", "persons", "contributionCents", "denied", "replaces", "earlier");
    private static final List<String> OF_AN_ENTITLEMENT = List.of(
            "entitlementCents",
            "earnableCents",
            "keepCents",
            "pointOfSale",
            "firstPeriod",
            "lastPeriod",
            "catchUpMonths",
            "entitlementVersion");
    private static final int PERSONS_MAX = 50;
    private static final int VERSION_MAX = 0xFFFF;
    private static final long POINT_OF_SALE_MAX = 0xFFFF_FFFFL;

    private MembersFile() {}

    /** Reads it. @throws ConfigFault naming file, line and field */
    static List<Member> read(Path file) throws ConfigFault {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigFault(file + ":1: members: cannot be read, a file that can", e);
        }
        // JSON is YAML (YAML 1.2, 1.2): in one line more of text, so that line numbers stay.
        YamlConfig config = YamlConfig.of("{\"members\": " + text + "}", file.toString(), file);
        List<Member> members = new ArrayList<>();
        TreeSet<String> cards = new TreeSet<>();
        for (YamlConfig section : config.sections("members")) {
            Member member = member(section);
            if (!cards.add(Hash.hex(member.card()))) {
                throw section.fault("card", section.text("card"), "each card once");
            }
            members.add(member);
        }
        if (members.isEmpty()) {
            throw config.fault("members", "nothing", "at least one member");
        }
        return members;
    }

    private static Member member(YamlConfig section) throws ConfigFault {
        List<String> fields = new ArrayList<>(OF_A_CARD);
        fields.addAll(OF_AN_ENTITLEMENT);
        section.onlyFields(fields.toArray(String[]::new));
        Entitlement entitlement = entitlement(section);
        return new Member(
                section.text("household"),
                bytes(section, "card", CARD_LENGTH),
                bytes(section, "certificate", CardCertificate.LENGTH),
                (int) section.number("persons", 1, PERSONS_MAX),
                entitlement,
                section.number("contributionCents", 0, Balances.PURSE_MAX),
                section.flag("denied", false),
                section.has("replaces") ? bytes(section, "replaces", CARD_LENGTH) : null,
                section.has("earlier") ? earlier(section, entitlement.version()) : List.of());
    }

    private static List<Entitlement> earlier(YamlConfig section, int version) throws ConfigFault {
        List<Entitlement> earlier = new ArrayList<>();
        for (YamlConfig each : section.sections("earlier")) {
            each.onlyFields(OF_AN_ENTITLEMENT.toArray(String[]::new));
            Entitlement entitlement = entitlement(each);
            if (entitlement.version() >= version) {
                throw each.fault("entitlementVersion", "" + entitlement.version(), "below " + version);
            }
            earlier.add(entitlement);
        }
        return earlier;
    }

    private static Entitlement entitlement(YamlConfig section) throws ConfigFault {
        return new Entitlement(
                section.number("entitlementCents", 0, Balances.PURSE_MAX),
                section.number("earnableCents", 0, Balances.PURSE_MAX, 0),
                section.number("keepCents", 0, Balances.PURSE_MAX, Balances.PURSE_MAX),
                section.number("pointOfSale", 0, POINT_OF_SALE_MAX, Entitlement.EVERYWHERE),
                (int) section.number("firstPeriod", 0, Period.MAX),
                (int) section.number("lastPeriod", 0, Period.MAX),
                (int) section.number("catchUpMonths", 0, Entitlement.CATCH_UP_MAX, 0),
                (int) section.number("entitlementVersion", 1, VERSION_MAX, Member.FIRST_VERSION));
    }

    private static byte[] bytes(YamlConfig section, String field, int length) throws ConfigFault {
        String text = section.text(field);
        String allowed = length + " bytes in hexadecimal";
        try {
            byte[] bytes = Hash.unhex(text);
            if (bytes.length != length) {
                throw section.fault(field, bytes.length + " bytes", allowed);
            }
            return bytes;
        } catch (Malformed e) {
            throw section.fault(field, text, allowed);
        }
    }
}
