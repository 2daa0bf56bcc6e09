package etal.protocol.grant;

import static etal.protocol.grant.Roster.APRIL;
import static etal.protocol.grant.Roster.DECEMBER;
import static etal.protocol.grant.Roster.JANUARY;
import static etal.protocol.grant.Roster.grownUp;
import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.protocol.card.Balances;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Period;
import etal.protocol.roster.Enrolled;
import etal.protocol.roster.MemberCard;
import etal.protocol.roster.Person;
import etal.protocol.roster.Promise;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.Schemes;
import etal.protocol.scheme.file.ShippedSchemes;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a month opens with, household by household, with the figures reckoned by hand. */
class MonthOpeningTest {
    private static final Scheme DIEULEFIT = Schemes.dieulefit();

    @Test
    void a_household_of_three_is_given_200_and_a_surplus_is_told_from_the_own_part() {
        // 100 + 2 x 50 = 200; of 250 paid, 200 are its own part and 50 surplus.
        Enrolled three = Roster.household(
                "h1", 25_000, List.of(grownUp(), grownUp(), child(2016, 3)), MemberCard.of("c1", JANUARY));
        MonthOpening.OfHousehold opened = open(DIEULEFIT, APRIL, three);
        assertEquals(20_000, opened.allocationCents());
        assertEquals(new Called(25_000, 0, 20_000, 5_000), opened.called());
        assertEquals(List.of(39, 39, 9), opened.ageYears());
        assertEquals(entitlement(20_000, 0, JANUARY, DECEMBER), card(opened, "c1"));
    }

    @Test
    void an_entitlement_ends_with_the_commitment_with_leaving_or_at_the_latest_with_the_year() {
        Enrolled one = Roster.alone("h1", 4_000);
        YearMonth may = YearMonth.of(2025, 5);
        assertEquals(DECEMBER, last(open(DIEULEFIT, APRIL, one)));
        assertEquals(may, last(open(DIEULEFIT, APRIL, Roster.staying(one, may))));
        assertEquals(APRIL, last(open(DIEULEFIT, APRIL, Roster.leaving(Roster.staying(one, may), APRIL))));
        assertEquals(List.of(), open(DIEULEFIT, may, Roster.leaving(one, APRIL), List.of()));
    }

    @Test
    void a_child_leaves_its_step_in_the_month_after_its_birthday_and_the_card_is_not_left_with_too_much() {
        // Geneva: 150 for a grown-up, 75 for a child below 18; 18 in June 2025 counts from July on.
        Scheme geneva = ShippedSchemes.scheme("geneve");
        Enrolled two = Roster.household("h1", 0, List.of(grownUp(), child(2007, 6)), MemberCard.of("c1", JANUARY));
        YearMonth june = YearMonth.of(2025, 6);
        assertEquals(22_500, open(geneva, june, two).allocationCents());
        assertEquals(30_000, open(geneva, june.plusMonths(1), two).allocationCents());
        // More is known to come: the entitlement need not end for it, and begins anew when it has come.
        assertEquals(entitlement(22_500, 0, JANUARY, DECEMBER), card(open(geneva, june, two), "c1"));
        assertEquals(
                entitlement(30_000, 0, june.plusMonths(1), DECEMBER),
                card(open(geneva, june.plusMonths(1), two), "c1"));
    }

    @Test
    void what_is_known_to_become_less_ends_the_entitlement_before() {
        Person moving =
                new Person(YearMonth.of(1990, 1), LocalDate.of(2024, 1, 1), Optional.of(LocalDate.of(2025, 6, 15)));
        Enrolled two = Roster.household("h1", 4_000, List.of(grownUp(), moving), MemberCard.of("c1", JANUARY));
        YearMonth june = YearMonth.of(2025, 6);
        assertEquals(entitlement(15_000, 0, JANUARY, june), card(open(DIEULEFIT, APRIL, two), "c1"));
        assertEquals(
                entitlement(10_000, 0, june.plusMonths(1), DECEMBER),
                card(open(DIEULEFIT, june.plusMonths(1), two), "c1"));
    }

    @Test
    void a_household_that_grows_within_a_month_is_given_more_from_the_next_one_on() {
        Person newborn = new Person(APRIL, LocalDate.of(2025, 4, 2), Optional.empty());
        Enrolled two = Roster.household("h1", 4_000, List.of(grownUp(), newborn), MemberCard.of("c1", JANUARY));
        assertEquals(10_000, open(DIEULEFIT, APRIL, two).allocationCents());
        assertEquals(15_000, open(DIEULEFIT, APRIL.plusMonths(1), two).allocationCents());
        Person onTheFirst = new Person(YearMonth.of(1990, 1), APRIL.atDay(1), Optional.empty());
        Enrolled both = Roster.household("h2", 4_000, List.of(grownUp(), onTheFirst), MemberCard.of("c2", JANUARY));
        assertEquals(15_000, open(DIEULEFIT, APRIL, both).allocationCents());
    }

    @Test
    void the_parts_of_the_cards_add_up_whatever_the_percentages() {
        // 100.00 in thirds: 33.34, 33.33, 33.33. By 70 and 30 %: 70 and 30.
        Enrolled thirds = Roster.household("h1", 4_000, List.of(grownUp()), part("a", 0), part("b", 0), part("c", 0));
        assertEquals(List.of(3_334L, 3_333L, 3_333L), amounts(open(DIEULEFIT, APRIL, thirds)));
        Enrolled two = Roster.household("h2", 4_000, List.of(grownUp()), part("a", 70), part("b", 30));
        assertEquals(List.of(7_000L, 3_000L), amounts(open(DIEULEFIT, APRIL, two)));
    }

    @Test
    void what_can_be_earned_is_shared_by_the_cards_too() {
        // Vital'im: 50 and at most 25 bonus a person; 3 persons: 150 and 75, on two cards 37.50 each.
        Enrolled three =
                Roster.household("h1", 0, List.of(grownUp(), grownUp(), grownUp()), part("a", 0), part("b", 0));
        MonthOpening.OfHousehold opened = open(ShippedSchemes.scheme("vitalim"), APRIL, three);
        assertEquals(7_500, opened.earnableCents());
        assertEquals(List.of(7_500L, 7_500L), amounts(opened));
        assertEquals(
                List.of(3_750L, 3_750L),
                opened.cards().stream()
                        .map(card -> card.entitlement().earnableCents())
                        .toList());
    }

    @Test
    void what_stays_of_the_month_before_and_what_is_caught_up_stand_in_the_entitlement() {
        Scheme strict = Schemes.dieulefitWith(
                "  spendingOrder: [allocation, bonus]\n",
                "  spendingOrder: [allocation, bonus]\n  carryOver: { months: 1 }\n  catchUp: 2\n");
        Enrolled two = Roster.household("h1", 4_000, List.of(grownUp()), part("a", 75), part("b", 25));
        MonthOpening.OfHousehold opened = open(strict, APRIL, two);
        assertEquals(7_500, card(opened, "a").keepCents());
        assertEquals(2_500, card(opened, "b").keepCents());
        assertEquals(2, card(opened, "a").catchUpMonths());
    }

    @Test
    void toulouse_gives_the_same_to_all_in_a_cycle_and_counts_two_of_a_household() {
        // 100 a member until June, 150 from July; 2 members at most.
        Scheme toulouse = ShippedSchemes.scheme("toulouse-nord");
        Enrolled three =
                Roster.household("h1", 6_500, List.of(grownUp(), grownUp(), grownUp()), MemberCard.of("c1", JANUARY));
        assertEquals(20_000, open(toulouse, YearMonth.of(2025, 6), three).allocationCents());
        assertEquals(30_000, open(toulouse, YearMonth.of(2025, 7), three).allocationCents());
    }

    @Test
    void clermont_shares_the_months_contributions_and_carries_the_cents() {
        // 5.00 + 20.00 + 10.01 = 35.01 by 3: 11.67, nothing left; with 12 cents more 35.13 by 3 = 11.71.
        // 5.00 + 20.00 + 10.00 = 35.00 by 3: 11.66, 2 cents go into the next month.
        Scheme clermont = ShippedSchemes.scheme("clermont-ferrand");
        List<Enrolled> roster = List.of(Roster.alone("h1", 500), Roster.alone("h2", 2_000), Roster.alone("h3", 1_000));
        MonthOpening april = MonthOpening.of(HoldingSchemes.of(clermont), roster, APRIL, MonthOpening.Given.NOTHING);
        assertEquals(new Pool(1_166, 3_498, 2, 0), april.pool());
        assertEquals(
                List.of(1_166L, 1_166L, 1_166L),
                april.households().stream()
                        .map(MonthOpening.OfHousehold::allocationCents)
                        .toList());
        // Who pays more than the mean gives the others: 20.00 is 11.66 of its own and 8.34 surplus.
        assertEquals(new Called(2_000, 0, 1_166, 834), april.households().get(1).called());
        // A mean is known for its month only.
        assertEquals(
                entitlement(1_166, 0, APRIL, APRIL), card(april.households().getFirst(), "ch1"));
        MonthOpening may = MonthOpening.of(
                HoldingSchemes.of(clermont),
                roster,
                APRIL.plusMonths(1),
                new MonthOpening.Given(Map.of(), april.pool().carriedCents()));
        assertEquals(new Pool(1_167, 3_501, 1, 0), may.pool());
    }

    @Test
    void ariege_ties_a_card_to_the_chosen_point_of_sale_and_a_change_holds_from_the_next_month() {
        Scheme ariege = ShippedSchemes.scheme("ariege");
        MemberCard chosen = new MemberCard(
                "c1",
                0,
                JANUARY,
                Optional.empty(),
                List.of(
                        new MemberCard.ChosenPlace(1, JANUARY),
                        MemberCard.ChosenPlace.chosenOn(LocalDate.of(2025, 4, 1), 2)));
        Enrolled one = Roster.household("h1", 1_000, List.of(grownUp()), chosen);
        assertEquals(1, card(open(ariege, APRIL, one), "c1").pointOfSale());
        assertEquals(APRIL, last(open(ariege, APRIL, one)));
        assertEquals(2, card(open(ariege, APRIL.plusMonths(1), one), "c1").pointOfSale());
        // Nothing chosen: nothing on the card, rather than everything everywhere.
        assertEquals(List.of(), open(ariege, APRIL, Roster.alone("h2", 1_000)).cards());
    }

    @Test
    void a_closed_group_is_given_nothing_outside_its_term() {
        Scheme students = ShippedSchemes.scheme("ulb-as-bean");
        YearMonth last = students.admission().term().orElseThrow().last();
        Enrolled one = Roster.alone("h1", 0);
        assertEquals(10_000, open(students, last, one).allocationCents());
        assertEquals(last, last(open(students, last, one)));
        assertEquals(0, open(students, last.plusMonths(1), one).allocationCents());
    }

    @Test
    void hours_stand_for_money_up_to_what_is_promised_and_up_to_the_months_most() {
        // 12 an hour: 3 hours 36, 2 h 30 min 30; of 50 promised 14 and 20 are asked. Of 20 hours 10 count: 120.
        Scheme saintEtienne = ShippedSchemes.scheme("saint-etienne");
        assertEquals(new Called(5_000, 3_600, 1_400, 0), hours(saintEtienne, 180));
        assertEquals(new Called(5_000, 3_000, 2_000, 0), hours(saintEtienne, 150));
        assertEquals(new Called(5_000, 12_000, 0, 0), hours(saintEtienne, 1_200));
        assertEquals(new Called(5_000, 0, 5_000, 0), hours(DIEULEFIT, 180));
    }

    private static Called hours(Scheme scheme, int minutes) {
        return MonthOpening.of(
                        HoldingSchemes.of(scheme),
                        List.of(Roster.alone("h1", 5_000)),
                        APRIL,
                        new MonthOpening.Given(Map.of("h1", minutes), 0))
                .households()
                .getFirst()
                .called();
    }

    @Test
    void supporters_pay_and_are_given_nothing() {
        MonthOpening.OfHousehold opened =
                open(ShippedSchemes.scheme("joigny"), YearMonth.of(2025, 6), Roster.supporting("s1", 2_000));
        assertEquals(new Called(2_000, 0, 0, 2_000), opened.called());
        assertEquals(0, opened.allocationCents());
    }

    @Test
    void a_bracket_pays_what_the_grid_of_the_month_says() {
        Enrolled bracketed = new Enrolled(
                "h1",
                List.of(grownUp()),
                List.of("handicap"),
                false,
                Promise.bracket(6, JANUARY),
                JANUARY,
                Optional.empty(),
                Optional.empty(),
                List.of());
        // The seventh bracket pays 100, 10 less with a disability.
        assertEquals(9_000, open(DIEULEFIT, APRIL, bracketed).called().moneyCents());
    }

    @Test
    void a_month_goes_by_the_rules_of_its_first_day() {
        Scheme more = Schemes.dieulefitWith("  firstPerson: 100\n", "  firstPerson: 120\n");
        Scheme later = versioned(more, 2, LocalDate.of(2025, 4, 2));
        HoldingSchemes schemes = new HoldingSchemes(List.of(later, DIEULEFIT));
        assertEquals(1, schemes.in(APRIL).version());
        assertEquals(2, schemes.in(APRIL.plusMonths(1)).version());
        Enrolled one = Roster.alone("h1", 4_000);
        MonthOpening may = MonthOpening.of(schemes, List.of(one), APRIL.plusMonths(1), MonthOpening.Given.NOTHING);
        assertEquals(
                entitlement(12_000, 0, APRIL.plusMonths(1), DECEMBER),
                card(may.households().getFirst(), "ch1"));
    }

    @Test
    void a_card_that_replaces_another_has_the_part_from_the_month_after() {
        MemberCard old = MemberCard.of("old", JANUARY).endingWith(APRIL);
        Enrolled one = Roster.household("h1", 4_000, List.of(grownUp()), old, old.replacedBy("new"));
        assertEquals(
                List.of("old"),
                open(DIEULEFIT, APRIL, one).cards().stream()
                        .map(MonthOpening.OfCard::card)
                        .toList());
        assertEquals(APRIL, last(open(DIEULEFIT, APRIL, one)));
        MonthOpening.OfHousehold may = open(DIEULEFIT, APRIL.plusMonths(1), one);
        assertEquals(entitlement(10_000, 0, APRIL.plusMonths(1), DECEMBER), card(may, "new"));
        assertEquals(1, may.cards().size());
    }

    private static Scheme versioned(Scheme of, long version, LocalDate holdsFrom) {
        return new Scheme(
                of.id(),
                of.fund(),
                of.name(),
                version,
                holdsFrom,
                of.zone(),
                of.unit(),
                of.parity(),
                of.allocation(),
                of.contribution(),
                of.commitment(),
                of.convention(),
                of.bonus(),
                of.tariffs(),
                of.card(),
                of.admission(),
                of.funding(),
                of.assumptions());
    }

    private static Person child(int year, int month) {
        return Person.bornIn(YearMonth.of(year, month));
    }

    private static MemberCard part(String id, int percent) {
        return new MemberCard(id, percent, JANUARY, Optional.empty(), List.of());
    }

    private static Entitlement entitlement(long amountCents, long earnableCents, YearMonth first, YearMonth last) {
        return new Entitlement(
                amountCents,
                earnableCents,
                Balances.PURSE_MAX,
                0,
                Period.of(first.atDay(1)),
                Period.of(last.atDay(1)),
                0,
                0);
    }

    private static MonthOpening.OfHousehold open(Scheme scheme, YearMonth month, Enrolled one) {
        return MonthOpening.of(HoldingSchemes.of(scheme), List.of(one), month, MonthOpening.Given.NOTHING)
                .households()
                .getFirst();
    }

    private static List<MonthOpening.OfHousehold> open(
            Scheme scheme, YearMonth month, Enrolled one, List<Enrolled> others) {
        List<Enrolled> roster = new java.util.ArrayList<>(others);
        roster.add(one);
        return MonthOpening.of(HoldingSchemes.of(scheme), roster, month, MonthOpening.Given.NOTHING)
                .households();
    }

    private static List<Long> amounts(MonthOpening.OfHousehold opened) {
        return opened.cards().stream()
                .map(card -> card.entitlement().amountCents())
                .toList();
    }

    private static Entitlement card(MonthOpening.OfHousehold opened, String id) {
        return opened.cards().stream()
                .filter(card -> card.card().equals(id))
                .findFirst()
                .orElseThrow()
                .entitlement();
    }

    private static YearMonth last(MonthOpening.OfHousehold opened) {
        return Period.yearMonth(opened.cards().getFirst().entitlement().lastPeriod());
    }
}
