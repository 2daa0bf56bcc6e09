package etal.protocol.scheme.file;

import etal.protocol.card.Balances;
import etal.protocol.money.Unit;
import etal.protocol.reading.Faults;
import etal.protocol.reading.Section;
import etal.protocol.reading.YamlTree;
import etal.protocol.scheme.Contribution;
import etal.protocol.scheme.Convention;
import etal.protocol.scheme.Scheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/**
 * Reads a scheme file: YAML 1.2, one document, no anchors, only known fields. Any text at all gives a scheme or
 * the list of what is wrong with it. Stateless.
 */
public final class SchemeFile {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\\p{Cs}]{1,100}");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} -]{0,39}");
    private static final Pattern UNIT_CODE = Pattern.compile("[A-Za-z]{2,8}");
    private static final Pattern UNIT_SYMBOL = Pattern.compile("[\\p{L}\\p{Sc}]{1,8}");
    private static final long NUMBER_MAX = 0xFFFF_FFFFL;
    private static final long VERSION_MAX = 1_000_000;

    private final Faults faults;
    private int decimals = 2;

    private SchemeFile(Faults faults) {
        this.faults = faults;
    }

    /**
     * Reads a scheme.
     *
     * @param yaml the file's text
     * @param fileName as it shall stand in faults
     */
    public static SchemeReading read(String yaml, String fileName) {
        Faults faults = new Faults(fileName);
        MappingNode root = YamlTree.read(yaml, faults);
        if (root == null) {
            return new SchemeReading.Faulty(faults.all());
        }
        return new SchemeFile(faults).scheme(new Section(root, "", faults));
    }

    /** The text of the default scheme, Dieulefit's, as it ships: {@code /schemes/dieulefit.yaml}. */
    public static String dieulefit() {
        try (InputStream in = SchemeFile.class.getResourceAsStream("/schemes/dieulefit.yaml")) {
            if (in == null) {
                throw new IllegalStateException("the default scheme is not packed");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("the default scheme cannot be read", broken);
        }
    }

    private SchemeReading scheme(Section root) {
        String id = root.text("id", ID, "small letters, digits and hyphens, at most 40");
        long fund = root.whole("fund", 1, NUMBER_MAX);
        String name = root.text("name", NAME, "text of 1 to 100 characters");
        long version = root.whole("version", 1, VERSION_MAX);
        LocalDate holdsFrom = root.date("holdsFrom");
        ZoneId zone = root.zone("zone");
        Unit unit = unit(root.section("unit"));
        decimals = unit.decimals();
        Section allocationSection = root.section("allocation");
        Scheme.Allocation allocation = allocation(allocationSection);
        Section contributionSection = root.section("contribution");
        Contribution contribution = contribution(contributionSection);
        Section conventionSection = root.section("convention");
        Convention convention = convention(conventionSection);
        Scheme.CardRules card = card(root.section("card"));
        root.close();
        if (faults.none()) {
            // Only now: beside a field that is wrong in itself, what does not fit it would be noise.
            check(allocationSection, allocation, card);
            check(contributionSection, contribution);
            check(conventionSection, convention);
        }
        return faults.none()
                ? new SchemeReading.Read(new Scheme(
                        id, fund, name, version, holdsFrom, zone, unit, allocation, contribution, convention, card))
                : new SchemeReading.Faulty(faults.all());
    }

    private Unit unit(Section section) {
        String code = section.text("code", UNIT_CODE, "2 to 8 letters");
        String symbol = section.text("symbol", UNIT_SYMBOL, "1 to 8 letters or currency signs");
        long places = section.whole("decimals", 0, Unit.DECIMALS_MAX);
        section.close();
        // After a fault nothing is built from the unit; the euro only keeps the amounts readable.
        return faults.none() ? new Unit(code, symbol, (int) places) : Unit.EURO;
    }

    private Scheme.Allocation allocation(Section section) {
        long firstPersonCents = amount(section, "firstPerson");
        long furtherPersonCents = amount(section, "furtherPerson");
        section.close();
        return new Scheme.Allocation(firstPersonCents, furtherPersonCents);
    }

    private Contribution contribution(Section section) {
        boolean hypothese = section.flag("hypothese");
        long furtherPersonPercent = section.whole("furtherPersonPercent", 0, 100);
        List<Contribution.Bracket> brackets = section.sections(
                "brackets",
                1,
                50,
                bracket -> new Contribution.Bracket(amount(bracket, "incomeFrom"), amount(bracket, "amount")));
        List<Contribution.Modulator> modulators = section.sections("modulators", 0, 20, this::modulator);
        long leastCents = amount(section, "least");
        long mostCents = amount(section, "most");
        section.close();
        return new Contribution(hypothese, (int) furtherPersonPercent, brackets, modulators, leastCents, mostCents);
    }

    private static void check(Section section, Scheme.Allocation allocation, Scheme.CardRules card) {
        if (allocation.firstPersonCents() > card.loadCapCents()) {
            section.refuse("firstPerson", "more than card.loadCap", "at most what a card may hold");
        }
    }

    private static void check(Section section, Contribution contribution) {
        checkBrackets(section, contribution.brackets());
        if (contribution.leastCents() > contribution.mostCents()) {
            section.refuse("least", "more than most", "at most contribution.most");
        }
        if (twice(contribution.modulators(), Contribution.Modulator::id)) {
            section.refuse("modulators", "an id twice", "each id once");
        }
    }

    private static void check(Section section, Convention convention) {
        if (twice(convention.families(), Convention.Family::family)) {
            section.refuse("families", "a family twice", "each family once");
        }
    }

    private static <T> boolean twice(List<T> items, Function<T, String> name) {
        return items.stream().map(name).distinct().count() < items.size();
    }

    private static void checkBrackets(Section section, List<Contribution.Bracket> brackets) {
        for (int index = 0; index < brackets.size(); index++) {
            long from = brackets.get(index).incomeFromCents();
            boolean rising =
                    index == 0 ? from == 0 : from > brackets.get(index - 1).incomeFromCents();
            if (!rising) {
                String found = "bracket " + (index + 1) + " out of order";
                section.refuse("brackets", found, "incomeFrom 0 in the first, then rising");
                return;
            }
        }
    }

    private Contribution.Modulator modulator(Section section) {
        return new Contribution.Modulator(
                section.text("id", ID, "small letters, digits and hyphens, at most 40"),
                section.text("name", NAME, "text of 1 to 100 characters"),
                section.cents("change", decimals, -Balances.PURSE_MAX, Balances.PURSE_MAX));
    }

    private Convention convention(Section section) {
        Convention.PointsOfSale pointsOfSale = pointsOfSale(section);
        List<Convention.Family> families = section.sections(
                "families",
                0,
                200,
                family -> new Convention.Family(
                        family.text("family", WORD, "letters, digits, spaces and hyphens, at most 40"),
                        (int) family.whole("coverage", 0, 100)));
        long otherFamiliesPercent = section.whole("otherFamilies", 0, 100);
        section.close();
        return new Convention(pointsOfSale, families, (int) otherFamiliesPercent);
    }

    private static Convention.PointsOfSale pointsOfSale(Section section) {
        if (section.isList("pointsOfSale")) {
            return new Convention.PointsOfSale.Listed(
                    new TreeSet<>(section.wholes("pointsOfSale", 1_000, 1, NUMBER_MAX)));
        }
        section.text("pointsOfSale", Pattern.compile("enrolled"), "enrolled, or a list of numbers");
        return new Convention.PointsOfSale.Enrolled();
    }

    private Scheme.CardRules card(Section section) {
        long loadCapCents = amount(section, "loadCap");
        List<String> purses = Stream.of(Scheme.Purse.values())
                .map(purse -> purse.name().toLowerCase(Locale.ROOT))
                .toList();
        List<Scheme.Purse> order = section.words("spendingOrder", 1, purses).stream()
                .map(word -> Scheme.Purse.valueOf(word.toUpperCase(Locale.ROOT)))
                .toList();
        section.close();
        return new Scheme.CardRules(loadCapCents, order);
    }

    private long amount(Section section, String name) {
        return section.cents(name, decimals, 0, Balances.PURSE_MAX);
    }
}
