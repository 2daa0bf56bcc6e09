package etal.protocol.roster;

import etal.protocol.scheme.Household;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A household of the fund. Immutable.
 *
 * @param household its number; not a name
 * @param persons who lives or lived there
 * @param traits ids of the supplements and modulators that hold for it
 * @param supporter whether it only gives: it has no allocation
 * @param promise what it pays a month
 * @param joined its first month
 * @param commitmentEnd the last month it has promised to stay, if it has; prolonged by a new promise
 * @param left the month it leaves with, if it does
 * @param cards those it has and had
 */
public record Enrolled(
        String household,
        List<Person> persons,
        List<String> traits,
        boolean supporter,
        Promise promise,
        YearMonth joined,
        Optional<YearMonth> commitmentEnd,
        Optional<YearMonth> left,
        List<MemberCard> cards) {
    /** Takes its own copies of the lists. */
    public Enrolled {
        persons = List.copyOf(persons);
        traits = List.copyOf(traits);
        cards = List.copyOf(cards);
    }

    /** The last month in which it takes part, as far as anybody knows: it ends with the commitment or with leaving. */
    public Optional<YearMonth> last() {
        return Stream.concat(commitmentEnd.stream(), left.stream()).min(YearMonth::compareTo);
    }

    /** Whether it pays in a month. */
    public boolean paysIn(YearMonth month) {
        return !month.isBefore(joined) && last().map(end -> !month.isAfter(end)).orElse(true);
    }

    /** Whether it is given something in a month. */
    public boolean takesPartIn(YearMonth month) {
        return !supporter && paysIn(month);
    }

    /** Who counts in a month, as the rules ask for it; empty if nobody does. */
    public Optional<Household> countedIn(YearMonth month) {
        List<Integer> ageYears = persons.stream()
                .filter(person -> person.countsIn(month))
                .map(person -> person.ageYears(month))
                .toList();
        return ageYears.isEmpty() ? Optional.empty() : Optional.of(new Household(ageYears, traits));
    }

    /** The cards that share a month. */
    public List<MemberCard> cardsIn(YearMonth month) {
        return cards.stream().filter(card -> card.isGivenIn(month)).toList();
    }
}
