package etal.protocol.grant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import etal.protocol.scheme.Allocation;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.Schemes;
import etal.protocol.scheme.file.ShippedSchemes;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What signed statements come to, and a pool that loses no cent. */
class StatementsTest {
    @Test
    void a_point_of_sale_gives_back_its_share_of_the_extra_margin_and_never_takes_any() {
        Scheme brest = ShippedSchemes.scheme("brest");
        // 20 %: of 600.00 it is 120.00; of 12 cents 2.4: 2; of 3 cents 0.6: 1.
        assertEquals(12_000, Statements.paybackCents(brest, 60_000));
        assertEquals(2, Statements.paybackCents(brest, 12));
        assertEquals(1, Statements.paybackCents(brest, 3));
        assertEquals(0, Statements.paybackCents(brest, -60_000));
        assertEquals(0, Statements.paybackCents(Schemes.dieulefit(), 60_000));
    }

    @Test
    void fees_for_sitting_are_counted_and_credited_only_where_it_was_voted() {
        Scheme lezignan = ShippedSchemes.scheme("lezignan");
        assertEquals(new Statements.Fees(12_000, 0), Statements.fees(lezignan, List.of("petite", "grande", "petite")));
        assertThrows(IllegalArgumentException.class, () -> Statements.fees(lezignan, List.of("repas")));
        assertEquals(new Statements.Fees(0, 0), Statements.fees(Schemes.dieulefit(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void over_any_months_what_was_pooled_is_shared_carried_or_in_the_reserve(long seed) {
        Random random = new Random(seed);
        for (Allocation.Remainder remainder : Allocation.Remainder.values()) {
            long in = 0;
            long out = 0;
            long carried = 0;
            for (int month = 0; month < 36; month++) {
                long contributions = random.nextLong(1_000_000);
                Pool pool = Pool.share(contributions, carried, random.nextInt(40), 30_000, remainder);
                in += contributions;
                out += pool.sharesCents() + pool.toReserveCents();
                carried = pool.carriedCents();
                assertEquals(in, out + carried, "seed " + seed + ", month " + month);
            }
        }
    }
}
