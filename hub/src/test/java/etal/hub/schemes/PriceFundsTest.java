package etal.hub.schemes;

import static etal.hub.schemes.FundInUse.household;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.books.Booking;
import etal.hub.prices.DayEnvelopes;
import etal.hub.prices.PooledPrices;
import etal.protocol.grant.MonthOpening;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.PriceChosen;
import etal.protocol.split.Asked;
import etal.protocol.split.Basket;
import etal.protocol.split.BasketLine;
import etal.protocol.split.Envelope;
import etal.protocol.split.PooledClaim;
import etal.protocol.split.Prices;
import etal.protocol.split.Wish;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Funds that help by the price and need no card of value: Ivry, the Marché du Lavoir, Gentioux. */
class PriceFundsTest {
    private static final YearMonth APRIL = YearMonth.of(2025, 4);
    private static final String DAY = "2025-04-02";

    private final DayEnvelopes envelopes = new DayEnvelopes();
    private long entry;

    private static BasketLine line(String product, long quantity, long fairCents) {
        return new BasketLine(product, product, "legumes", quantity, fairCents, 55, 100);
    }

    /** What is asked when the day has used up so much of the envelope. */
    private static Basket asked(FundInUse fund, Wish wish, long usedCents, BasketLine... lines) {
        Envelope envelope = fund.scheme()
                .tariffs()
                .map(tariffs -> Envelope.of(tariffs, usedCents))
                .orElse(new Envelope(0));
        return ((Asked.At) Prices.ask(new Basket(List.of(lines)), fund.scheme(), wish, 0, envelope)).basket();
    }

    /** What the fund owes for it, as the hub books it from the sale's entry. */
    private long books(FundInUse fund, Basket basket) throws Exception {
        Optional<PriceChosen> chosen = basket.tariff().orElseThrow().forLedger();
        if (chosen.isEmpty()) {
            return 0;
        }
        PooledClaim claim = envelopes.claim(3, DAY, chosen.get(), fund.scheme());
        fund.post(new Booking(
                PooledPrices.event(claim),
                PooledPrices.reference(claim, new LedgerId(3, 1), ++entry),
                DAY,
                PooledPrices.amounts(claim),
                Map.of("point-of-sale", "stall 3"),
                new Booking.Source(3, 1, entry)));
        return claim.owedCents();
    }

    @Test
    void s14_ivry_takes_35_off_for_those_entitled_and_the_producer_is_paid_in_full() throws Exception {
        FundInUse fund = new FundInUse("ivry");
        // A membership of 10: there is no allocation, so all of it is for the others.
        MonthOpening.OfHousehold opened = fund.opens(APRIL, household("h1", APRIL, 1_000, 1));
        assertEquals(1_000, opened.called().surplusCents());
        assertEquals(List.of(), opened.cards());
        // Fair 20, solidarity tariff 65 %: 13 paid, 7 from the fund; the producer has 20.
        Basket solidarity = asked(fund, new Wish.Choice("solidaire"), 0, line("fromage", 1, 2_000));
        assertEquals(1_300, solidarity.totalCents());
        assertEquals(700, books(fund, solidarity));
        assertEquals("4673 C7.00, 4677 D7.00, 512 D10.00, 7541 C10.00", fund.books());
        // A student: 2 kg of carrots at the fixed 1.50 instead of 2.20; cheese has no fixed price. 3 + 20 = 23 of
        // 24.40.
        Basket student =
                asked(fund, new Wish.Choice("etudiant"), 700, line("carottes", 2, 440), line("fromage", 1, 2_000));
        assertEquals(2_300, student.totalCents());
        assertEquals(140, books(fund, student));
        assertEquals("4673 C8.40, 4677 D8.40, 512 D10.00, 7541 C10.00", fund.books());
        // Only those entitled may choose: the scheme says so of both.
        assertTrue(fund.scheme()
                .tariffs()
                .orElseThrow()
                .choice("solidaire")
                .orElseThrow()
                .entitled());
        assertFalse(fund.scheme()
                .tariffs()
                .orElseThrow()
                .choice("plein")
                .orElseThrow()
                .entitled());
    }

    @Test
    void s15_three_prices_are_netted_in_one_pool_and_never_give_more_than_the_days_envelope() throws Exception {
        FundInUse fund = new FundInUse("dieulefit-marche");
        // Accessible: fair 20, paid 13; the pool owes the producer 7.
        Basket accessible = asked(fund, new Wish.Choice("accessible"), 0, line("legumes", 1, 2_000));
        assertEquals(1_300, accessible.totalCents());
        assertEquals(700, books(fund, accessible));
        assertEquals("4673 C7.00, 4677 D7.00", fund.books());
        // Solidarity: fair 20, paid 25; the surplus of 5 sits in the producer's till and is netted: 7 - 5 = 2.
        Basket solidarity = asked(fund, new Wish.Choice("solidaire"), 700, line("legumes", 1, 2_000));
        assertEquals(2_500, solidarity.totalCents());
        assertEquals(-500, books(fund, solidarity));
        assertEquals("4673 C2.00, 4677 D2.00", fund.books());
        // The fair price moves nothing.
        Basket fair = asked(fund, new Wish.Choice("juste"), 700, line("legumes", 1, 2_000));
        assertEquals(2_000, fair.totalCents());
        assertEquals(0, books(fund, fair));
        // 60 a stall and day. Fair 100 accessible: 35, together 42. Then 100 again: of 35 only 18 are left: 82 are
        // asked.
        assertEquals(3_500, books(fund, asked(fund, new Wish.Choice("accessible"), 700, line("legumes", 1, 10_000))));
        Basket last = asked(fund, new Wish.Choice("accessible"), 4_200, line("legumes", 1, 10_000));
        assertEquals(8_200, last.totalCents());
        assertEquals(1_800, books(fund, last));
        // Beyond it the fair price holds.
        Basket beyond = asked(fund, new Wish.Choice("accessible"), 6_000, line("legumes", 1, 2_000));
        assertEquals(2_000, beyond.totalCents());
        assertEquals(0, books(fund, beyond));
        // 2 + 35 + 18 = 55.
        assertEquals("4673 C55.00, 4677 D55.00", fund.books());
        // A till that says otherwise is believed no further than the envelope.
        PooledClaim invented = envelopes.claim(3, DAY, new PriceChosen("accessible", 10_000, 6_500), fund.scheme());
        assertEquals(new PooledClaim(0, 3_500), invented);
    }

    @Test
    void s16_a_free_price_stays_in_the_shops_own_books() throws Exception {
        FundInUse fund = new FundInUse("gentioux");
        // Fair 20, paid 8: the shop bears 12; fair 20, paid 30: the shop has 10 more. The fund owes and gets nothing.
        Basket less = asked(fund, new Wish.Free(800), 0, line("pain", 1, 1_500), line("miel", 1, 500));
        assertEquals(800, less.totalCents());
        assertEquals(
                List.of(600L, 200L),
                less.lines().stream().map(BasketLine::priceCents).toList());
        assertEquals(0, books(fund, less));
        Basket more = asked(fund, new Wish.Free(3_000), 0, line("pain", 1, 1_500), line("miel", 1, 500));
        assertEquals(3_000, more.totalCents());
        assertEquals(0, books(fund, more));
        assertEquals("", fund.books());
        // From nothing to three times the fair price.
        assertEquals(
                new Asked.OutsideFreePrice(0, 6_000),
                Prices.ask(
                        new Basket(List.of(line("pain", 1, 2_000))),
                        fund.scheme(),
                        new Wish.Free(6_001),
                        0,
                        new Envelope(0)));
    }
}
