package etal.hub.schemes;

import static etal.hub.schemes.FundInUse.covered;
import static etal.hub.schemes.FundInUse.household;
import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.protocol.card.Balances;
import etal.protocol.card.Deltas;
import etal.protocol.scheme.Funding;
import etal.protocol.split.Plan;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Funds with a bonus, on the card at once and apart from the allocation: Vital'im and the Gers. */
class BonusFundsTest {
    private static final YearMonth APRIL = YearMonth.of(2025, 4);

    @Test
    void s6_vitalim_gives_half_of_what_is_organic_up_to_25_a_person() throws Exception {
        FundInUse fund = new FundInUse("vitalim");
        // 3 persons: 150 on the card, and 75 of bonus that can be earned in the month.
        fund.opens(APRIL, household("h1", APRIL, 0, 2, 8));
        assertEquals(new Balances(15_000, 0, 7_500), fund.purses());
        // Organic 20: 10 of bonus at once. Other goods earn nothing.
        Plan organic = fund.buys(3, covered("legumes", 2_000, "bio"));
        assertEquals(new Deltas(-2_000, 1_000, -1_000), organic.deltas());
        assertEquals(0, fund.buys(3, covered("legumes", 500)).bonusEarnedCents());
        assertEquals(new Balances(12_500, 1_000, 6_500), fund.purses());
        assertEquals("4672A C125.00, 4672B C10.00, 4673 C25.00, 6571 D150.00, 6572B D10.00", fund.books());
        // 135 more, sustainable: 125 from the allocation, 10 from the bonus. Half would be 67.50, but 65 are left to
        // earn.
        Plan cap = fund.buys(3, covered("laitier", 13_500, "durable"));
        assertEquals(13_500, cap.cardCents());
        assertEquals(0, cap.cashCents());
        assertEquals(6_500, cap.bonusEarnedCents());
        assertEquals(new Balances(0, 6_500, 0), fund.purses());
        // The bonus left buys without earning: nothing more can be earned this month.
        assertEquals(0, fund.buys(3, covered("legumes", 1_000, "bio")).bonusEarnedCents());
        // The Département owes 75 of bonus and the 150 of allocation. Producers: 20 + 5 + 135 + 10 = 170.
        assertEquals(List.of(7_500L), fund.claims(APRIL, Funding.Pays.BONUS, 7_500));
        assertEquals(List.of(15_000L), fund.claims(APRIL.plusMonths(1), Funding.Pays.ALLOCATION, 15_000));
        assertEquals("441 D225.00, 4672B C55.00, 4673 C170.00, 6571 D150.00, 6572B D75.00, 74 C225.00", fund.books());
        // May: what was earned stays, what can be earned is set anew.
        fund.opens(APRIL.plusMonths(1), household("h1", APRIL, 0, 2, 8));
        assertEquals(new Balances(15_000, 5_500, 7_500), fund.purses());
    }

    @Test
    void s7_the_gers_gives_a_bonus_at_responsible_places_on_what_the_allocation_pays() throws Exception {
        FundInUse fund = new FundInUse("gers");
        // 2 persons: 80, and 40 of bonus that can be earned.
        fund.opens(APRIL, household("h1", APRIL, 0, 2));
        assertEquals(new Balances(8_000, 0, 4_000), fund.purses());
        // 20 at the organic shop: 30 % is 6, there at once and apart. 15 at the supermarket earn nothing.
        assertEquals(600, fund.buys(1, covered("epicerie", 2_000)).bonusEarnedCents());
        assertEquals(0, fund.buys(4, covered("epicerie", 1_500)).bonusEarnedCents());
        assertEquals(new Balances(4_500, 600, 3_400), fund.purses());
        // 50 at the farm: 45 from the allocation earn 13.50; the 5 paid with bonus earn none.
        Plan farm = fund.buys(2, covered("viande", 5_000));
        assertEquals(1_350, farm.bonusEarnedCents());
        assertEquals(new Balances(0, 1_450, 2_050), fund.purses());
        // The Département owes 6 + 13.50 = 19.50; the places are owed 20 + 15 + 50 = 85.
        assertEquals(List.of(1_950L), fund.claims(APRIL, Funding.Pays.BONUS, 1_950));
        assertEquals("441 D19.50, 4672B C14.50, 4673 C85.00, 6571 D80.00, 6572B D19.50, 74 C19.50", fund.books());
    }
}
