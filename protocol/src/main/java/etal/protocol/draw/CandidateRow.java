package etal.protocol.draw;

import etal.protocol.card.Balances;
import etal.protocol.reading.Faults;
import etal.protocol.reading.Phrase;
import etal.protocol.scheme.Admission;
import etal.protocol.scheme.Allocation;
import etal.protocol.scheme.Contribution;
import etal.protocol.scheme.Household;
import etal.protocol.scheme.Scheme;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One line of a list of candidates. Immutable but for the faults it notes; used once. */
record CandidateRow(int line, Map<String, String> fields, Scheme scheme, Faults faults) {
    // Combining marks are let in only where no composed letter exists: two ids that look the same must be the same.
    private static final Pattern ID =
            Pattern.compile("[\\p{L}\\p{N}]([\\p{L}\\p{M}\\p{N} ._-]{0,38}[\\p{L}\\p{M}\\p{N}])?");
    private static final String ID_ALLOWED = "1 to 40 letters, digits, spaces, dots, hyphens and underscores";
    private static final int CHILD_YEARS_MAX = 30;

    /** The candidate, or nothing after a fault. */
    Optional<Candidate> read() {
        String id = fields.getOrDefault("household", "");
        boolean sound = ID.matcher(id).matches() && Normalizer.isNormalized(id, Normalizer.Form.NFC);
        if (!sound) {
            wrong("household", Phrase.of(ID_ALLOWED));
        }
        Optional<Integer> adults = whole("adults", field("adults"), 1, Household.PERSONS_MAX);
        Optional<List<Integer>> children = children();
        Optional<String> group = group();
        Optional<List<String>> traits = traits();
        if (!sound || adults.isEmpty() || children.isEmpty() || group.isEmpty() || traits.isEmpty()) {
            return Optional.empty();
        }
        int persons = adults.get() + children.get().size();
        if (persons > Household.PERSONS_MAX) {
            fault(
                    "children",
                    Phrase.of("{0} persons", persons),
                    Phrase.of("at most {0} in a household", Household.PERSONS_MAX));
            return Optional.empty();
        }
        Household household = Candidate.household(adults.get(), children.get(), traits.get());
        return contribution(household)
                .map(cents -> new Candidate(id, adults.get(), children.get(), cents, group.get(), traits.get()));
    }

    private Optional<List<Integer>> children() {
        List<Integer> ageYears = new ArrayList<>();
        for (String word : words("children")) {
            Optional<Integer> age = whole("children", word, 0, CHILD_YEARS_MAX);
            if (age.isEmpty()) {
                return Optional.empty();
            }
            ageYears.add(age.get());
        }
        return Optional.of(ageYears);
    }

    /** A group that the scheme keeps places for; another word would lose a place by a slip of the pen. */
    private Optional<String> group() {
        String group = field("group");
        List<String> known = scheme.admission().way() instanceof Admission.Way.Draw draw
                ? draw.quotas().stream().map(Admission.Quota::group).toList()
                : List.of();
        if (group.isEmpty() || known.isEmpty() || known.contains(group)) {
            return Optional.of(group);
        }
        wrong("group", Phrase.of("nothing or one of {0}", String.join(" ", known)));
        return Optional.empty();
    }

    private Optional<List<String>> traits() {
        Stream<String> modulators = scheme.contribution().modulators().stream().map(Contribution.Modulator::id);
        Stream<String> supplements = scheme.allocation().supplements().stream().map(Allocation.Supplement::id);
        List<String> known = Stream.concat(modulators, supplements).distinct().toList();
        List<String> traits = words("traits");
        if (known.containsAll(traits)) {
            return Optional.of(traits);
        }
        wrong(
                "traits",
                known.isEmpty()
                        ? Phrase.of("nothing, the scheme knows none")
                        : Phrase.of("each once, of {0}", String.join(" ", known)));
        return Optional.empty();
    }

    private Optional<Long> contribution(Household household) {
        boolean byIncome = !field("income").isEmpty();
        if (byIncome == !field("contribution").isEmpty()) {
            Phrase found = byIncome ? Phrase.of("beside an income") : Phrase.of("nothing");
            fault("contribution", found, Phrase.of("either a contribution or an income"));
            return Optional.empty();
        }
        return byIncome ? byIncome(household) : chosen(household);
    }

    private Optional<Long> byIncome(Household household) {
        boolean computed = scheme.contribution().basis() instanceof Contribution.Basis.Grid
                || scheme.contribution().basis() instanceof Contribution.Basis.IncomeShare;
        if (!computed) {
            fault("income", Phrase.of("an income"), Phrase.of("nothing, this scheme asks for none"));
            return Optional.empty();
        }
        Optional<Long> incomeCents = amount(field("income"), Contribution.INCOME_MAX_CENTS);
        if (incomeCents.isEmpty()) {
            // What stands there is not repeated: nobody's income goes into a message.
            fault("income", Phrase.of("no amount"), between(0, Contribution.INCOME_MAX_CENTS));
        }
        return incomeCents.map(cents -> scheme.contribution()
                .range(household, cents, Balances.PURSE_MAX)
                .leastCents());
    }

    private Optional<Long> chosen(Household household) {
        Contribution.Range range = bounds(household);
        Optional<Long> amountCents =
                amount(field("contribution"), Balances.PURSE_MAX).filter(range::holds);
        if (amountCents.isEmpty()) {
            wrong("contribution", between(range.leastCents(), range.mostCents()));
        }
        return amountCents;
    }

    /** What can be paid at all; which bracket a household is in, only an income would tell. */
    private Contribution.Range bounds(Household household) {
        Contribution contribution = scheme.contribution();
        Contribution.Range range = switch (contribution.basis()) {
            case Contribution.Basis.Grid grid -> new Contribution.Range(grid.leastCents(), grid.mostCents());
            case Contribution.Basis.IncomeShare share -> new Contribution.Range(share.leastCents(), share.mostCents());
            default -> contribution.range(household, 0, Balances.PURSE_MAX);
        };
        return contribution.overContribution() ? new Contribution.Range(range.leastCents(), Balances.PURSE_MAX) : range;
    }

    private Optional<Long> amount(String text, long mostCents) {
        int decimals = scheme.unit().decimals();
        String digits = decimals == 0 ? "" : "(\\.[0-9]{1," + decimals + "})?";
        if (!text.matches("(0|[1-9][0-9]{0,11})" + digits)) {
            return Optional.empty();
        }
        long cents = new BigDecimal(text).movePointRight(decimals).longValueExact();
        return cents <= mostCents ? Optional.of(cents) : Optional.empty();
    }

    private Optional<Integer> whole(String name, String text, int min, int max) {
        if (text.matches("0|[1-9][0-9]{0,3}") && Integer.parseInt(text) >= min && Integer.parseInt(text) <= max) {
            return Optional.of(Integer.parseInt(text));
        }
        fault(name, quoted(text), Phrase.of("whole number from {0} to {1}", min, max));
        return Optional.empty();
    }

    private List<String> words(String name) {
        return Stream.of(field(name).split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    private String field(String name) {
        return fields.getOrDefault(name, "").strip();
    }

    private void wrong(String name, Phrase allowed) {
        fault(name, quoted(fields.getOrDefault(name, "")), allowed);
    }

    private void fault(String name, Phrase found, Phrase allowed) {
        faults.add(line, name, found, allowed, Optional.empty());
    }

    private Phrase between(long leastCents, long mostCents) {
        return Phrase.of("amount from {0} to {1}", shown(leastCents), shown(mostCents));
    }

    private static Phrase quoted(String text) {
        return Phrase.quoted("\"" + text + "\"");
    }

    private String shown(long cents) {
        return BigDecimal.valueOf(cents, scheme.unit().decimals()).toPlainString();
    }
}
