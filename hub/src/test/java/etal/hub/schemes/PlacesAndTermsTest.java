package etal.hub.schemes;

import static etal.hub.schemes.FundInUse.covered;
import static etal.hub.schemes.FundInUse.household;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.books.FundBookings;
import etal.hub.books.PartnerBookings;
import etal.protocol.card.Balances;
import etal.protocol.grant.MonthOpening;
import etal.protocol.grant.Statements;
import etal.protocol.roster.Choices;
import etal.protocol.roster.Enrolled;
import etal.protocol.roster.MemberCard;
import etal.protocol.scheme.Admission;
import etal.protocol.scheme.Funding;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Funds with something about places, people who sit, or a closed group: Brest, Ariège, Lézignan, the students. */
class PlacesAndTermsTest {
    private static final YearMonth APRIL = YearMonth.of(2025, 4);

    @Test
    void s12_brest_is_given_back_a_fifth_of_the_extra_margin_stated() throws Exception {
        FundInUse fund = new FundInUse("brest");
        fund.opens(APRIL, household("h1", APRIL, 6_000, 1));
        assertEquals(new Balances(10_000, 0, 0), fund.purses());
        assertEquals(3_000, fund.buys(3, covered("legumes", 3_000)).cardCents());
        // An extra margin of 600 is stated: 20 % are 120, off the 30 that the place is owed. It owes 90, carried
        // forward.
        long shareCents = Statements.paybackCents(fund.scheme(), 60_000);
        fund.post(PartnerBookings.marginShared("s-2025-04", "stall 3", shareCents, "2025-05-02"));
        assertEquals("4672A C70.00, 4673 D90.00, 512 D60.00, 6571 D100.00, 7562 C60.00, 758 C120.00", fund.books());
        // A margin that fell costs the fund nothing.
        assertEquals(0, Statements.paybackCents(fund.scheme(), -10_000));
    }

    @Test
    void s13_ariege_pays_at_the_chosen_place_only_and_a_change_holds_from_the_next_month() throws Exception {
        FundInUse fund = new FundInUse("ariege");
        MemberCard card = new MemberCard(
                "c1",
                0,
                APRIL,
                Optional.empty(),
                List.of(
                        new MemberCard.ChosenPlace(1, APRIL),
                        MemberCard.ChosenPlace.chosenOn(LocalDate.of(2025, 4, 20), 2)));
        Enrolled base = household("h1", APRIL, 3_000, 2);
        Enrolled one = new Enrolled(
                base.household(),
                base.persons(),
                base.traits(),
                false,
                base.promise(),
                base.joined(),
                base.commitmentEnd(),
                base.left(),
                List.of(card));
        // 2 persons: 120, at place 1 in April.
        fund.opens(APRIL, one);
        assertEquals(new Balances(12_000, 0, 0), fund.purses());
        assertEquals(2_000, fund.buys(1, covered("epicerie", 2_000)).cardCents());
        assertEquals(2_000, fund.buys(2, covered("epicerie", 2_000)).cashCents());
        // In May at place 2, with what was left: 100 + 120.
        fund.opens(APRIL.plusMonths(1), one);
        assertEquals(new Balances(22_000, 0, 0), fund.purses());
        assertEquals(0, fund.buys(1, covered("epicerie", 1_000)).cardCents());
        assertEquals(1_000, fund.buys(2, covered("epicerie", 1_000)).cardCents());
        // MSA and CAF bear 12 % each of 240: 28.80.
        assertEquals(List.of(2_880L, 2_880L), fund.claims(APRIL, Funding.Pays.ALLOCATION, 24_000));
        assertEquals(
                "441 D57.60, 4672A C210.00, 4673 C30.00, 512 D60.00, 6571 D240.00, 74 C57.60, 7562 C60.00",
                fund.books());
    }

    @Test
    void s17_lezignan_counts_fees_for_sitting_and_credits_none_unless_voted() throws Exception {
        FundInUse fund = new FundInUse("lezignan");
        fund.opens(APRIL, household("h1", APRIL, 5_000, 1));
        assertEquals(new Balances(8_000, 0, 0), fund.purses());
        assertEquals(1_500, fund.buys(3, covered("pain", 1_500)).cardCents());
        // Two small meetings and a large one: 20 + 20 + 80 = 120, counted and not credited.
        Statements.Fees fees = Statements.fees(fund.scheme(), List.of("petite", "grande", "petite"));
        assertEquals(new Statements.Fees(12_000, 0), fees);
        fund.post(FundBookings.attendanceCredited("c1", "minutes-3", fees.creditedCents(), "2025-04-30"));
        assertEquals("4672A C65.00, 4673 C15.00, 512 D50.00, 6571 D80.00, 7562 C50.00", fund.books());
        // Were it voted, it would be a right on the card, on an account of its own.
        fund.post(FundBookings.attendanceCredited("c1", "minutes-3", fees.countedCents(), "2025-04-30"));
        assertEquals(
                "4671 C120.00, 4672A C65.00, 4673 C15.00, 512 D50.00, 6571 D80.00, 6578 D120.00, 7562 C50.00",
                fund.books());
    }

    @ParameterizedTest
    @CsvSource({
        // fund, places, a month for each, for all of them
        "ulb-as-bean,        70, 10000,  700000",
        "bees-coop,          70, 15000, 1050000",
        "bordeaux-etudiants, 50, 10000,  500000",
    })
    void s18_a_closed_group_is_given_its_amount_for_its_term_and_nobody_joins_later(
            String id, int places, long eachCents, long allCents) throws Exception {
        FundInUse fund = new FundInUse(id);
        Admission.Term term = fund.scheme().admission().term().orElseThrow();
        List<Enrolled> group = IntStream.rangeClosed(1, places)
                .mapToObj(n -> household("h" + n, term.first(), 0, 1))
                .toList();
        MonthOpening opening = fund.opens(term.first(), group, MonthOpening.Given.NOTHING);
        long grantedCents = opening.households().stream()
                .mapToLong(MonthOpening.OfHousehold::allocationCents)
                .sum();
        assertEquals(allCents, grantedCents);
        assertEquals(places, fund.scheme().admission().placesMost());
        fund.load(term.first(), opening.households().getFirst());
        assertEquals(new Balances(eachCents, 0, 0), fund.purses());
        assertEquals(2_500, fund.buys(1, covered("legumes", 2_500)).cardCents());
        String left = books(allCents - eachCents, eachCents - 2_500, allCents);
        assertEquals(left, fund.books());
        assertEquals(new Choices.Answer.Full(places), Choices.join(fund.scheme(), term.first(), places));
        assertEquals(
                new Choices.Answer.GroupClosed(term.first()),
                Choices.join(fund.scheme(), term.first().plusMonths(1), 0));
        // After the last month nothing is granted, and the card loads nothing.
        MonthOpening after = fund.opens(term.last().plusMonths(1), group, MonthOpening.Given.NOTHING);
        assertTrue(after.households().stream()
                .allMatch(household -> household.cards().isEmpty()));
        assertEquals(left, fund.books());
    }

    /** The books of a group of which one has bought for 25. */
    private static String books(long notLoadedCents, long onCardCents, long grantedCents) {
        return "4671 C" + shown(notLoadedCents) + ", 4672A C" + shown(onCardCents) + ", 4673 C25.00, 6571 D"
                + shown(grantedCents);
    }

    private static String shown(long cents) {
        return BigDecimal.valueOf(cents, 2).toPlainString();
    }
}
