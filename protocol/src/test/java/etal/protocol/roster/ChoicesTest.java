package etal.protocol.roster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import etal.protocol.roster.Choices.Answer;
import etal.protocol.scheme.Contribution;
import etal.protocol.scheme.Household;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.Schemes;
import etal.protocol.scheme.file.ShippedSchemes;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What members may choose, and what is said when they may not. */
class ChoicesTest {
    private static final YearMonth MARCH = YearMonth.of(2025, 3);
    private static final Answer ACCEPTED = new Answer.Accepted();

    private static Enrolled enrolled(Promise promise, Optional<YearMonth> commitmentEnd) {
        return new Enrolled(
                "h1",
                List.of(Person.bornIn(YearMonth.of(1980, 1)), Person.bornIn(YearMonth.of(1982, 1))),
                List.of(),
                false,
                promise,
                MARCH,
                commitmentEnd,
                Optional.empty(),
                List.of(MemberCard.of("c1", MARCH)));
    }

    @Test
    void gironde_asks_for_10_and_5_more_for_each_further_person() {
        Scheme gironde = ShippedSchemes.scheme("gironde-sud");
        Household three = Household.ofAdults(3);
        Promise none = Promise.amount(0, MARCH);
        assertEquals(ACCEPTED, Choices.amount(gironde, three, none, 2_000));
        long mostCents = ((Contribution.Basis.Free) gironde.contribution().basis()).mostCents();
        assertEquals(
                new Answer.OutsideBounds(new Contribution.Range(2_000, mostCents)),
                Choices.amount(gironde, three, none, 1_999));
    }

    @Test
    void montpellier_takes_1_to_250_and_another_amount_after_three_months() {
        Scheme montpellier = ShippedSchemes.scheme("montpellier");
        Enrolled one = enrolled(Promise.amount(7_000, MARCH), Optional.empty());
        YearMonth june = YearMonth.of(2025, 6);
        assertEquals(new Answer.NotBeforeReview(june), Choices.change(montpellier, one, 3_000, june.minusMonths(1)));
        assertEquals(ACCEPTED, Choices.change(montpellier, one, 3_000, june));
        assertEquals(
                new Answer.OutsideBounds(new Contribution.Range(100, 25_000)),
                Choices.change(montpellier, one, 25_001, june));
    }

    @Test
    void a_bracket_leaves_no_choice() {
        Scheme dieulefit = Schemes.dieulefit();
        Promise seventh = Promise.bracket(6, MARCH);
        assertEquals(ACCEPTED, Choices.amount(dieulefit, Household.ofAdults(2), seventh, 10_000));
        assertEquals(
                new Answer.OutsideBounds(new Contribution.Range(10_000, 10_000)),
                Choices.amount(dieulefit, Household.ofAdults(2), seventh, 9_000));
        assertThrows(
                IllegalArgumentException.class,
                () -> Promise.bracket(14, MARCH).amountCents(dieulefit.contribution(), List.of()));
    }

    @Test
    void joigny_takes_more_than_asked_and_supporters_who_take_no_part() {
        Scheme joigny = ShippedSchemes.scheme("joigny");
        assertEquals(ACCEPTED, Choices.amount(joigny, Household.ofAdults(1), Promise.amount(0, MARCH), 30_000));
        assertEquals(ACCEPTED, Choices.support(joigny, 500));
        assertEquals(
                new Answer.OutsideBounds(new Contribution.Range(500, Integer.MAX_VALUE)), Choices.support(joigny, 499));
        assertEquals(new Answer.NoSupporters(), Choices.support(Schemes.dieulefit(), 499));
    }

    @Test
    void nobody_leaves_before_the_months_promised_are_over() {
        Scheme toulouse = ShippedSchemes.scheme("toulouse-sud");
        YearMonth may = YearMonth.of(2025, 5);
        Enrolled one = enrolled(Promise.amount(6_500, MARCH), Optional.empty());
        assertEquals(new Answer.Committed(may), Choices.leave(toulouse, one, may.minusMonths(1)));
        assertEquals(ACCEPTED, Choices.leave(toulouse, one, may));
        Enrolled longer = enrolled(Promise.amount(6_500, MARCH), Optional.of(may.plusMonths(3)));
        assertEquals(new Answer.Committed(may.plusMonths(3)), Choices.leave(toulouse, longer, may));
    }

    @Test
    void households_come_in_as_the_scheme_says() {
        Scheme students = ShippedSchemes.scheme("ulb-as-bean");
        YearMonth first = students.admission().term().orElseThrow().first();
        YearMonth last = students.admission().term().orElseThrow().last();
        assertEquals(ACCEPTED, Choices.join(students, first, 0));
        assertEquals(new Answer.GroupClosed(first), Choices.join(students, first.plusMonths(1), 0));
        assertEquals(new Answer.TermOver(last), Choices.join(students, last.plusMonths(1), 0));
        assertEquals(new Answer.ByDrawOnly(), Choices.join(Schemes.dieulefit(), MARCH, 0));
        Scheme brest = ShippedSchemes.scheme("brest");
        assertEquals(ACCEPTED, Choices.join(brest, MARCH, 99));
        assertEquals(new Answer.Full(100), Choices.join(brest, MARCH, 100));
    }

    @Test
    void a_household_has_no_more_cards_at_a_time_than_the_scheme_lets_it() {
        Scheme dieulefit = Schemes.dieulefit();
        int most = dieulefit.card().cardsMost();
        Enrolled one = enrolled(Promise.amount(6_500, MARCH), Optional.empty());
        MemberCard further = MemberCard.of("c2", MARCH);
        Answer answer = Choices.card(dieulefit, one, further);
        assertEquals(most == 1 ? new Answer.TooManyCards(1) : ACCEPTED, answer);
        Scheme two = Schemes.dieulefitWith(
                "  spendingOrder: [allocation, bonus]\n", "  spendingOrder: [allocation, bonus]\n  cards: 2\n");
        assertEquals(ACCEPTED, Choices.card(two, one, further));
    }

    @Test
    void an_age_counts_from_the_month_after_the_birthday() {
        Person born = Person.bornIn(YearMonth.of(2011, 6));
        assertEquals(13, born.ageYears(YearMonth.of(2025, 6)));
        assertEquals(14, born.ageYears(YearMonth.of(2025, 7)));
        assertEquals(0, born.ageYears(YearMonth.of(2011, 7)));
        assertEquals(0, born.ageYears(YearMonth.of(2012, 6)));
        assertEquals(1, born.ageYears(YearMonth.of(2012, 7)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Person(YearMonth.of(2025, 6), LocalDate.of(2025, 5, 31), Optional.empty()));
    }
}
