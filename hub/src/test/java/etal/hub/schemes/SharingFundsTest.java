package etal.hub.schemes;

import static etal.hub.schemes.FundInUse.covered;
import static etal.hub.schemes.FundInUse.household;
import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.hub.books.FundBookings;
import etal.protocol.card.Balances;
import etal.protocol.grant.Called;
import etal.protocol.grant.MonthOpening;
import etal.protocol.grant.Pool;
import etal.protocol.roster.Choices;
import etal.protocol.roster.Enrolled;
import etal.protocol.roster.Promise;
import etal.protocol.scheme.Household;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Funds that differ in what their members bring: Toulouse, Joigny, Clermont-Ferrand, Saint-Étienne. */
class SharingFundsTest {
    private static final YearMonth JUNE = YearMonth.of(2025, 6);

    @Test
    void s3_toulouse_gives_all_the_same_within_a_cycle_and_counts_two_of_a_household() throws Exception {
        FundInUse fund = new FundInUse("toulouse-nord");
        Enrolled three = household("h1", JUNE, 6_500, 3);
        // 100 MonA in June, 150 from July on; of 3 persons 2 are members: 200, then 300.
        fund.opens(JUNE, three);
        assertEquals(new Balances(20_000, 0, 0), fund.purses());
        assertEquals(3_000, fund.buys(3, covered("pain", 3_000)).cardCents());
        // 170 stay, 300 come.
        fund.opens(JUNE.plusMonths(1), three);
        assertEquals(new Balances(47_000, 0, 0), fund.purses());
        assertEquals("4672A C470.00, 4673 C30.00, 512 D130.00, 6571 D500.00, 7562 C130.00", fund.books());
    }

    @Test
    void s3_a_quarter_pay_more_than_they_receive_and_the_two_funds_have_different_bounds() throws Exception {
        FundInUse north = new FundInUse("toulouse-nord");
        FundInUse south = new FundInUse("toulouse-sud");
        Promise none = Promise.amount(0, JUNE);
        Household one = Household.ofAdults(1);
        assertEquals(new Choices.Answer.Accepted(), Choices.amount(north.scheme(), one, none, 400));
        assertEquals(new Choices.Answer.Accepted(), Choices.amount(south.scheme(), one, none, 23_000));
        assertEquals(
                17_000,
                ((Choices.Answer.OutsideBounds) Choices.amount(north.scheme(), one, none, 23_000))
                        .allowed()
                        .mostCents());
        // 170 paid for 100 received: 70 for the others.
        assertEquals(
                new Called(17_000, 0, 10_000, 7_000),
                north.opens(JUNE, household("h1", JUNE, 17_000, 1)).called());
        assertEquals("4672A C100.00, 512 D170.00, 6571 D100.00, 7541 C70.00, 7562 C100.00", north.books());
    }

    @Test
    void s9_joigny_has_members_who_give_more_and_supporters_who_only_give() throws Exception {
        FundInUse fund = new FundInUse("joigny");
        Enrolled supporter = new Enrolled(
                "s1",
                List.of(),
                List.of(),
                true,
                Promise.amount(2_000, JUNE),
                JUNE,
                Optional.empty(),
                Optional.empty(),
                List.of());
        Enrolled over = household("h2", JUNE, 8_000, 1);
        MonthOpening opening =
                fund.opens(JUNE, List.of(household("h1", JUNE, 1_500, 2), over, supporter), MonthOpening.Given.NOTHING);
        // 50 a household. 15 and 50 own part, 30 and 20 for the others; 15 + 80 + 20 = 115 in.
        assertEquals(
                List.of(
                        new Called(1_500, 0, 1_500, 0),
                        new Called(8_000, 0, 5_000, 3_000),
                        new Called(2_000, 0, 0, 2_000)),
                opening.households().stream()
                        .map(MonthOpening.OfHousehold::called)
                        .toList());
        assertEquals("4671 C100.00, 512 D115.00, 6571 D100.00, 7541 C50.00, 7562 C65.00", fund.books());
        fund.load(JUNE, opening.households().getFirst());
        assertEquals(1_200, fund.buys(3, covered("miel", 1_200)).cardCents());
        assertEquals(
                "4671 C50.00, 4672A C38.00, 4673 C12.00, 512 D115.00, 6571 D100.00, 7541 C50.00, 7562 C65.00",
                fund.books());
    }

    @Test
    void s10_clermont_pools_the_month_and_credits_the_mean_for_whatever_is_bought() throws Exception {
        FundInUse fund = new FundInUse("clermont-ferrand");
        List<Enrolled> roster = List.of(
                household("h1", JUNE, 500, 1), household("h2", JUNE, 2_000, 1), household("h3", JUNE, 1_000, 1));
        // 5 + 20 + 10 = 35.00; a third is 11.66, 34.98 are shared, 2 cents go into July's pool.
        MonthOpening june = fund.opens(JUNE, roster, MonthOpening.Given.NOTHING);
        assertEquals(new Pool(1_166, 3_498, 2, 0), june.pool());
        fund.load(JUNE, june.households().getFirst());
        assertEquals(new Balances(1_166, 0, 0), fund.purses());
        // Not for food only: soap for 4.
        assertEquals(400, fund.buys(3, covered("non-alimentaire", 400)).cardCents());
        // Own parts 5 + 11.66 + 10 = 26.66, surplus 8.34; two cards have not loaded: 23.32.
        assertEquals(
                "4671 C23.32, 4672A C7.66, 4673 C4.00, 512 D35.00, 6571 D34.98, 7541 C8.34, 7562 C26.66", fund.books());
        // July: 35.00 + 0.02 = 35.02; 11.67 each is 35.01, a cent goes on.
        MonthOpening july = fund.opens(
                JUNE.plusMonths(1),
                roster,
                new MonthOpening.Given(Map.of(), june.pool().carriedCents()));
        assertEquals(new Pool(1_167, 3_501, 1, 0), july.pool());
    }

    @Test
    void s11_saint_etienne_counts_hours_off_balance_and_asks_for_the_rest_in_money() throws Exception {
        FundInUse fund = new FundInUse("saint-etienne");
        Enrolled one = household("h1", JUNE, 5_000, 1);
        // 3 hours at 12: 36, off balance; of the 50 promised 14 are asked in money.
        MonthOpening opening = fund.opens(JUNE, List.of(one), new MonthOpening.Given(Map.of("h1", 180), 0));
        Called called = opening.households().getFirst().called();
        assertEquals(new Called(5_000, 3_600, 1_400, 0), called);
        fund.post(FundBookings.hoursGiven("sheet-8", called.hoursCents(), "2025-06-30"));
        fund.load(JUNE, opening.households().getFirst());
        assertEquals(3_000, fund.buys(3, covered("legumes", 3_000)).cardCents());
        assertEquals(
                "4672A C70.00, 4673 C30.00, 512 D14.00, 6571 D100.00, 7562 C14.00, 864 D36.00, 875 C36.00",
                fund.books());
    }
}
