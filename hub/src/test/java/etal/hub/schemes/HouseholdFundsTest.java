package etal.hub.schemes;

import static etal.hub.schemes.FundInUse.covered;
import static etal.hub.schemes.FundInUse.household;
import static etal.hub.schemes.FundInUse.uncovered;
import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.hub.books.Booking;
import etal.hub.books.PartnerBookings;
import etal.protocol.card.Balances;
import etal.protocol.grant.MonthOpening;
import etal.protocol.roster.Choices;
import etal.protocol.roster.Promise;
import etal.protocol.scheme.Contribution;
import etal.protocol.scheme.Funding;
import etal.protocol.scheme.Household;
import etal.protocol.scheme.Scheme;
import etal.protocol.split.Plan;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Funds that give by household or person: Dieulefit, Montpellier, Gironde, Alsace, Geneva. */
class HouseholdFundsTest {
    private static final YearMonth APRIL = YearMonth.of(2025, 4);

    private static void assertPaid(long cardCents, long cashCents, Plan plan) {
        assertEquals(cardCents, plan.cardCents(), "on the card");
        assertEquals(cashCents, plan.cashCents(), "in cash");
    }

    @Test
    void s1_dieulefit_gives_100_and_50_for_each_further_person_and_leaves_the_wine_to_the_member() throws Exception {
        FundInUse fund = new FundInUse("dieulefit");
        // A household of 3, of whom one is a child: 100 + 50 + 50 = 200. It pays 105, all of it own part (200 is more).
        MonthOpening.OfHousehold opened = fund.opens(APRIL, household("h1", APRIL, 10_500, 2, 8));
        assertEquals(10_500, opened.called().ownCents());
        assertEquals(new Balances(20_000, 0, 0), fund.purses());
        // Vegetables 24 on the card, wine 6 in cash: the producer has 30, of which the fund owes 24.
        assertPaid(2_400, 600, fund.buys(3, covered("legumes", 2_400), uncovered("alcool", 600)));
        // Wine that a product list covers by mistake stays with the member: its family is at 0 %.
        assertPaid(0, 600, fund.buys(3, covered("alcool", 600)));
        assertEquals(new Balances(17_600, 0, 0), fund.purses());
        assertEquals("4672A C176.00, 4673 C24.00, 512 D105.00, 6571 D200.00, 7562 C105.00", fund.books());
        // MSA, CCAS and employers bear 5 % each of the 200 granted: 10 each.
        assertEquals(List.of(1_000L, 1_000L, 1_000L), fund.claims(APRIL, Funding.Pays.ALLOCATION, 20_000));
        assertEquals(
                "441 D30.00, 4672A C176.00, 4673 C24.00, 512 D105.00, 6571 D200.00, 74 C30.00, 7562 C105.00",
                fund.books());
    }

    @Test
    void s1_a_household_that_pays_more_than_it_is_given_gives_the_rest_to_the_others() throws Exception {
        FundInUse fund = new FundInUse("dieulefit");
        // Alone: 100 granted; the highest bracket pays 200: 100 own part, 100 solidarity.
        fund.opens(APRIL, household("h1", APRIL, 20_000, 1));
        assertEquals("4672A C100.00, 512 D200.00, 6571 D100.00, 7541 C100.00, 7562 C100.00", fund.books());
    }

    @Test
    void s2_montpellier_gives_100_a_participant_and_pays_where_the_grid_is_passed() throws Exception {
        FundInUse fund = new FundInUse("montpellier");
        fund.opens(APRIL, household("h1", APRIL, 7_000, 1));
        assertEquals(new Balances(10_000, 0, 0), fund.purses());
        // A producer needs no grid: 20 on the card.
        assertPaid(2_000, 0, fund.buys(1, covered("legumes", 2_000)));
        // The cooperative has 18 of 24 points, 75 %: passed. The franchise has 9 of 24, 37 %: nothing. Others: nothing.
        assertPaid(1_500, 0, fund.buys(2, covered("epicerie", 1_500)));
        assertPaid(0, 1_500, fund.buys(3, covered("epicerie", 1_500)));
        assertPaid(0, 1_500, fund.buys(9, covered("epicerie", 1_500)));
        assertEquals("4672A C65.00, 4673 C35.00, 512 D70.00, 6571 D100.00, 7562 C70.00", fund.books());
    }

    @Test
    void s4_gironde_covers_basics_by_the_criteria_a_place_meets() throws Exception {
        FundInUse fund = new FundInUse("gironde-sud");
        // A household of 3: 150 + 75 + 75 = 300; it pays at least 10 + 5 + 5 = 20, and not a cent less.
        assertEquals(
                new Choices.Answer.OutsideBounds(new Contribution.Range(2_000, 50_000)),
                Choices.amount(fund.scheme(), Household.ofAdults(3), Promise.amount(0, APRIL), 1_999));
        fund.opens(APRIL, household("h1", APRIL, 2_000, 3));
        assertEquals(new Balances(30_000, 0, 0), fund.purses());
        // A basket of basics of 20: 5 of 5 criteria 20, 4 of 5 15 (and 5 in cash), 3 of 5 10, 2 of 5 nothing.
        assertPaid(2_000, 0, fund.buys(1, covered("epicerie", 2_000, "base")));
        assertPaid(1_500, 500, fund.buys(2, covered("epicerie", 2_000, "base")));
        assertPaid(1_000, 1_000, fund.buys(3, covered("epicerie", 2_000, "base")));
        assertPaid(0, 2_000, fund.buys(4, covered("epicerie", 2_000, "base")));
        // What is no basic product is the member's.
        assertPaid(0, 2_000, fund.buys(1, covered("epicerie", 2_000)));
        // 300 - 20 - 15 - 10 = 255 on the card; producers are owed 45.
        assertEquals("4672A C255.00, 4673 C45.00, 512 D20.00, 6571 D300.00, 7562 C20.00", fund.books());
    }

    @Test
    void s4_a_sister_funds_card_is_cleared() throws Exception {
        FundInUse fund = new FundInUse("gironde-sud");
        // A card of Bègles (22) pays 12 here: we owe the stall, Bègles owes us, and pays.
        fund.post(PartnerBookings.sisterCardPaid(
                22, "c9", 5, "stall 1", 1_200, "2025-04-02", new Booking.Source(3, 1, 9)));
        assertEquals("4673 C12.00, 4675 D12.00", fund.books());
        fund.post(PartnerBookings.clearingReceived(22, "camt-1", 1_200, "2025-05-05"));
        assertEquals("4673 C12.00, 512 D12.00", fund.books());
    }

    @Test
    void s5_alsace_is_paid_for_by_members_employers_and_public_bodies() throws Exception {
        FundInUse fund = new FundInUse("alsace");
        YearMonth october = YearMonth.of(2025, 10);
        // 24,000 a year are 2,000 a month; 30 permille: 60.
        Scheme scheme = fund.scheme();
        assertEquals(
                new Contribution.Range(6_000, 6_000), scheme.contribution().range(Household.ofAdults(2), 2_400_000, 0));
        // Two grown-ups and a child: 100 + 100 + 50 = 250.
        fund.opens(october, household("h1", october, 6_000, 2, 8));
        assertEquals(new Balances(25_000, 0, 0), fund.purses());
        assertPaid(4_000, 0, fund.buys(3, covered("legumes", 4_000)));
        // Employers 30 % of 250: 75; public bodies 20 %: 50.
        assertEquals(List.of(7_500L, 5_000L), fund.claims(october, Funding.Pays.ALLOCATION, 25_000));
        assertEquals(
                "441 D125.00, 4672A C210.00, 4673 C40.00, 512 D60.00, 6571 D250.00, 74 C125.00, 7562 C60.00",
                fund.books());
    }

    @Test
    void s8_geneva_gives_radis_that_are_worth_a_franc() throws Exception {
        FundInUse fund = new FundInUse("geneve");
        YearMonth june = YearMonth.of(2025, 6);
        // 150 + 150 + 75 = 375 Radis.
        fund.opens(june, household("h1", june, 20_000, 2, 8));
        assertEquals(new Balances(37_500, 0, 0), fund.purses());
        assertPaid(4_250, 0, fund.buys(3, covered("laitier", 4_250)));
        assertEquals("Radis", fund.scheme().unit().code());
        assertEquals(new Scheme.Parity("CHF", Scheme.Parity.PAR), fund.scheme().parity());
        assertEquals("4672A C332.50, 4673 C42.50, 512 D200.00, 6571 D375.00, 7562 C200.00", fund.books());
    }
}
