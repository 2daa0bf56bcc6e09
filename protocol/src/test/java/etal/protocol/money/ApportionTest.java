package etal.protocol.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Seeds;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ApportionTest {
    @Test
    void the_cents_left_over_go_to_the_largest_remainders() {
        assertEquals(List.of(33L, 50L, 17L), Apportion.byLargestRemainder(100, List.of(2L, 3L, 1L)));
    }

    @Test
    void among_equals_the_earlier_gets_the_cent() {
        assertEquals(List.of(34L, 33L, 33L), Apportion.byLargestRemainder(100, List.of(1L, 1L, 1L)));
        assertEquals(List.of(1L, 1L, 0L), Apportion.byLargestRemainder(2, List.of(7L, 7L, 7L)));
    }

    @Test
    void a_debt_is_shared_like_a_credit() {
        assertEquals(List.of(-34L, -33L, -33L), Apportion.byLargestRemainder(-100, List.of(1L, 1L, 1L)));
    }

    @Test
    void nothing_is_shared_as_nothing() {
        assertEquals(List.of(0L, 0L), Apportion.byLargestRemainder(0, List.of(0L, 0L)));
        assertEquals(List.of(), Apportion.byLargestRemainder(0, List.of()));
    }

    @Test
    void something_cannot_be_shared_among_nobody() {
        assertThrows(IllegalArgumentException.class, () -> Apportion.byLargestRemainder(1, List.of()));
        assertThrows(IllegalArgumentException.class, () -> Apportion.byLargestRemainder(1, List.of(0L)));
        assertThrows(IllegalArgumentException.class, () -> Apportion.byLargestRemainder(1, List.of(2L, -1L)));
    }

    @Test
    void parts_add_up_and_none_is_a_cent_from_its_exact_share() {
        Seeds.each(3_000, random -> {
            List<Long> weights = LongStream.range(0, 1 + random.nextInt(12))
                    .map(index -> 1 + (random.nextLong(Long.MAX_VALUE) >> random.nextInt(62)))
                    .boxed()
                    .toList();
            long total = random.nextLong() >> random.nextInt(63);
            List<Long> parts = Apportion.byLargestRemainder(total, weights);
            BigInteger sum = parts.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
            assertEquals(BigInteger.valueOf(total), sum);
            BigInteger all = weights.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
            for (int index = 0; index < parts.size(); index++) {
                BigInteger exactTimesAll = BigInteger.valueOf(total).multiply(BigInteger.valueOf(weights.get(index)));
                BigInteger off =
                        BigInteger.valueOf(parts.get(index)).multiply(all).subtract(exactTimesAll);
                assertTrue(off.abs().compareTo(all) < 0, () -> "parts " + parts + " of " + total + " by " + weights);
            }
        });
    }
}
