package etal.fleet.auditor.cards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import etal.fleet.auditor.Reckoning.Purses;
import etal.fleet.auditor.granted.Grant;
import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import org.junit.jupiter.api.Test;

/** Two programs that share nothing read the same 80 bytes alike. */
class CardWordTest {
    @Test
    void a_debit_reads_as_it_was_written() {
        var record = new CardRecord(
                CardRecord.Tag.DEBIT,
                4_000_000_000L,
                3,
                65_535,
                17,
                new Deltas(-1_800, 300, -500),
                new Balances(Integer.MAX_VALUE, 300, 2_000),
                63,
                4_102_444_800L,
                new byte[32]);
        CardWord word = CardWord.read(record.encode());
        assertEquals("ED", word.tag());
        assertEquals(4_000_000_000L, word.counter());
        assertEquals(3, word.terminal());
        assertEquals(65_535, word.epoch());
        assertEquals(17, word.sale());
        assertEquals(new Purses(-1_800, 300, -500), word.deltas());
        assertEquals(new Purses(Integer.MAX_VALUE, 300, 2_000), word.after());
        assertEquals(new Purses(Integer.MAX_VALUE + 1_800L, 0, 2_500), word.before());
        assertEquals(63, word.period());
        assertEquals(4_102_444_800L, word.timeSeconds());
        assertEquals(2_000, word.spentCents());
        assertEquals(500, word.earnedCents());
    }

    @Test
    void what_is_no_record_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> CardWord.read(new byte[79]));
    }

    @Test
    void months_owed_are_counted_one_by_one() {
        var grant = new Grant(15_000, 0, 4_000, 63, 74, 2);
        assertEquals(1, grant.monthsOwed(0, 63));
        assertEquals(0, grant.monthsOwed(63, 63));
        assertEquals(3, grant.monthsOwed(63, 70));
        assertEquals(0, grant.monthsOwed(63, 75));
        assertEquals(0, grant.monthsOwed(0, 62));
    }
}
