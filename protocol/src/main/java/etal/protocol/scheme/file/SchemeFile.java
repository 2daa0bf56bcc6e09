package etal.protocol.scheme.file;

import etal.protocol.cose.Remembered;
import etal.protocol.money.Unit;
import etal.protocol.reading.Faults;
import etal.protocol.reading.Phrase;
import etal.protocol.reading.Section;
import etal.protocol.reading.YamlTree;
import etal.protocol.scheme.Admission;
import etal.protocol.scheme.Allocation;
import etal.protocol.scheme.Bonus;
import etal.protocol.scheme.CardRules;
import etal.protocol.scheme.Contribution;
import etal.protocol.scheme.Convention;
import etal.protocol.scheme.Funding;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.Tariffs;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/**
 * Reads a scheme file: YAML 1.2, one document, no anchors, only known fields. Any text at all gives a scheme or
 * the list of what is wrong with it. Stateless.
 */
public final class SchemeFile {
    private static final Pattern UNIT_CODE = Pattern.compile("[A-Za-z]{2,8}");
    private static final Pattern UNIT_SYMBOL = Pattern.compile("[\\p{L}\\p{Sc}]{1,8}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z.]{0,99}");
    private static final int PARITY_DECIMALS = 6;
    private static final long PARITY_MAX_MICROS = 1_000_000 * Scheme.Parity.PAR;
    private static final long VERSION_MAX = 1_000_000;

    private final Section root;
    private final Faults faults;

    private SchemeFile(Section root, Faults faults) {
        this.root = root;
        this.faults = faults;
    }

    /**
     * Reads a scheme.
     *
     * @param yaml the file's text
     * @param fileName as it shall stand in faults
     */
    public static SchemeReading read(String yaml, String fileName) {
        return Remembered.reading(
                SchemeReading.class,
                () -> parsed(yaml, fileName),
                yaml.getBytes(StandardCharsets.UTF_8),
                fileName.getBytes(StandardCharsets.UTF_8));
    }

    private static SchemeReading parsed(String yaml, String fileName) {
        Faults faults = new Faults(fileName);
        MappingNode node = YamlTree.read(yaml, faults);
        if (node == null) {
            return new SchemeReading.Faulty(faults.all());
        }
        return new SchemeFile(new Section(node, "", faults), faults).scheme();
    }

    /** The text of the default scheme, Dieulefit's, as it ships. */
    public static String dieulefit() {
        return ShippedSchemes.yaml(ShippedSchemes.DIEULEFIT);
    }

    private SchemeReading scheme() {
        Head head = head();
        Amounts amounts = new Amounts(head.unit().decimals());
        Members members = members(amounts);
        Goods goods = goods(amounts, members.allocation().value().onCard());
        List<Scheme.Assumption> assumptions = assumptions();
        root.close();
        if (faults.none()) {
            // Only now: beside a field that is wrong in itself, what does not fit it would be noise.
            check(members, goods);
        }
        if (!faults.none()) {
            return new SchemeReading.Faulty(faults.all());
        }
        return new SchemeReading.Read(new Scheme(
                head.id(),
                head.fund(),
                head.name(),
                head.version(),
                head.holdsFrom(),
                head.zone(),
                head.unit(),
                head.parity(),
                members.allocation().value(),
                members.contribution().value(),
                members.commitment(),
                goods.convention().value(),
                goods.bonus().value(),
                goods.tariffs().value(),
                goods.card(),
                members.admission().value(),
                members.funding().value(),
                assumptions));
    }

    private record Head(
            String id,
            long fund,
            String name,
            long version,
            LocalDate holdsFrom,
            ZoneId zone,
            Unit unit,
            Scheme.Parity parity) {}

    private Head head() {
        String id = Amounts.id(root, "id");
        long fund = root.whole("fund", 1, Amounts.NUMBER_MAX);
        String name = Amounts.name(root);
        long version = root.whole("version", 1, VERSION_MAX);
        LocalDate holdsFrom = root.date("holdsFrom");
        ZoneId zone = root.zone("zone");
        Section section = root.section("unit");
        Unit unit = unit(section);
        Scheme.Parity parity = parity(section, unit);
        section.close();
        return new Head(id, fund, name, version, holdsFrom, zone, unit, parity);
    }

    private Unit unit(Section section) {
        String code = section.text("code", UNIT_CODE, "2 to 8 letters");
        String symbol = section.text("symbol", UNIT_SYMBOL, "1 to 8 letters or currency signs");
        long places = section.whole("decimals", 0, Unit.DECIMALS_MAX);
        // After a fault nothing is built from the unit; the euro only keeps the amounts readable.
        return faults.none() ? new Unit(code, symbol, (int) places) : Unit.EURO;
    }

    private static Scheme.Parity parity(Section unitSection, Unit unit) {
        if (!unitSection.has("parity")) {
            // A unit with a code that banks know is worth itself; any other is worth a euro unless the file says more.
            String currency = isCurrency(unit.code()) ? unit.code() : Unit.EURO.code();
            return new Scheme.Parity(currency, Scheme.Parity.PAR);
        }
        Section section = unitSection.section("parity");
        String currency = section.text("currency", CURRENCY, "3 capital letters (ISO 4217)");
        if (CURRENCY.matcher(currency).matches() && !isCurrency(currency)) {
            section.refuse(
                    "currency",
                    Phrase.of("{0} is no currency", currency),
                    Phrase.of("a code of ISO 4217, as EUR or CHF"));
        }
        Scheme.Parity read = new Scheme.Parity(currency, section.cents("rate", PARITY_DECIMALS, 1, PARITY_MAX_MICROS));
        section.close();
        return read;
    }

    private static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(currency -> currency.getCurrencyCode().equals(code));
    }

    private record Members(
            Part<Allocation> allocation,
            Part<Contribution> contribution,
            Scheme.Commitment commitment,
            Part<Admission> admission,
            Part<Funding> funding) {}

    private Members members(Amounts amounts) {
        MembersPart part = new MembersPart(amounts);
        return new Members(
                required("allocation", new AllocationPart(amounts)::read),
                optional("contribution", ContributionPart.NONE, new ContributionPart(amounts)::read),
                optional("commitment", MembersPart.NO_COMMITMENT, MembersPart::commitment)
                        .value(),
                optional("admission", MembersPart.OPEN, part::admission),
                optional("funding", MembersPart.NO_FUNDING, part::funding));
    }

    private record Goods(
            Part<Convention> convention,
            Part<Optional<Bonus>> bonus,
            Part<Optional<Tariffs>> tariffs,
            CardRules card) {}

    private Goods goods(Amounts amounts, boolean onCard) {
        PricesPart prices = new PricesPart(amounts);
        CardPart card = new CardPart(amounts);
        return new Goods(
                required("convention", ConventionPart::read),
                optional("bonus", Optional.empty(), section -> Optional.of(prices.bonus(section))),
                optional("tariffs", Optional.empty(), section -> Optional.of(prices.tariffs(section))),
                (onCard ? required("card", card::read) : optional("card", CardPart.NONE, card::read)).value());
    }

    private List<Scheme.Assumption> assumptions() {
        return root.has("hypotheses")
                ? root.sections(
                        "hypotheses",
                        0,
                        50,
                        section -> new Scheme.Assumption(
                                assumed(section), section.text("text", Amounts.TEXT, Amounts.TEXT_ALLOWED)))
                : List.of();
    }

    private String assumed(Section section) {
        String field = section.text("field", FIELD, "a field of this file, as contribution.brackets");
        if (!field.isEmpty() && !root.holds(field)) {
            section.refuse(
                    "field",
                    Phrase.of("{0} is not in this file", field),
                    Phrase.of("a field of this file, as contribution.brackets"));
        }
        return field;
    }

    private void check(Members members, Goods goods) {
        members.allocation()
                .in(section -> AllocationPart.check(
                        section, members.allocation().value(), goods.card().loadCapCents()));
        members.contribution()
                .in(section ->
                        ContributionPart.check(section, members.contribution().value()));
        members.admission()
                .in(section -> MembersPart.check(section, members.admission().value()));
        members.funding()
                .in(section -> MembersPart.check(section, members.funding().value()));
        goods.convention()
                .in(section -> ConventionPart.check(section, goods.convention().value()));
        goods.tariffs().in(section -> goods.tariffs().value().ifPresent(tariffs -> PricesPart.check(section, tariffs)));
        goods.bonus()
                .in(section -> goods.bonus()
                        .value()
                        .ifPresent(bonus -> PricesPart.check(
                                section, bonus, members.funding().value())));
    }

    /** What was read of a section, with the section for what shows only beside the others. */
    private record Part<T>(T value, Optional<Section> section) {
        void in(Consumer<Section> check) {
            section.ifPresent(check);
        }
    }

    private <T> Part<T> required(String name, Function<Section, T> reading) {
        Section section = root.section(name);
        return new Part<>(reading.apply(section), Optional.of(section));
    }

    private <T> Part<T> optional(String name, T otherwise, Function<Section, T> reading) {
        return root.has(name) ? required(name, reading) : new Part<>(otherwise, Optional.empty());
    }
}
