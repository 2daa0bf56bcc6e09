package etal.protocol.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Seeds;
import etal.protocol.ledger.PriceChosen;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.Tariffs;
import org.junit.jupiter.api.Test;

/** What the pooled fund owes on a terminal's word, against what the prices have asked. */
class PooledClaimTest {
    private static final int SEEDS = 5_000;

    @Test
    void every_price_that_was_asked_within_the_envelope_is_owed_whole() {
        Seeds.each(SEEDS, random -> {
            Scheme scheme = RandomSchemes.next(random);
            Basket rungUp = RandomSales.basket(random);
            Envelope envelope = RandomSales.envelope(random);
            Asked asked = Prices.ask(rungUp, scheme, RandomSales.wish(random, rungUp), 0, envelope);
            if (asked instanceof Asked.At at && at.basket().tariff().isPresent()) {
                TariffSide side = at.basket().tariff().get();
                side.forLedger()
                        .ifPresent(price -> assertEquals(
                                new PooledClaim(side.fundCents(), 0), PooledClaim.of(price, scheme, envelope)));
            }
        });
    }

    @Test
    void nothing_forged_moves_more_than_the_envelope_or_makes_the_hub_stumble() {
        Seeds.each(SEEDS, random -> {
            Scheme scheme = RandomSchemes.next(random);
            Envelope envelope = new Envelope(random.nextLong());
            String choice = random.nextBoolean() ? "accessible" : random.nextBoolean() ? PriceChosen.FREE : "none";
            long fair = random.nextBoolean() ? random.nextLong() : random.nextLong(1L << 31);
            long paid = random.nextBoolean() ? random.nextLong() : random.nextLong(1L << 31);
            PooledClaim claim = PooledClaim.of(new PriceChosen(choice, fair, paid), scheme, envelope);
            assertTrue(claim.owedCents() <= Math.max(0, envelope.leftCents()));
            assertTrue(claim.unbackedCents() >= 0);
            boolean byFund = scheme.tariffs()
                    .map(tariffs -> tariffs.difference() == Tariffs.Difference.FUND)
                    .orElse(false);
            assertTrue(byFund || claim.owedCents() == 0);
        });
    }
}
