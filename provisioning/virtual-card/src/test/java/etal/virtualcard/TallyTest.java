package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.card.Deltas;
import etal.virtualcard.loader.Tally;
import etal.virtualcard.loader.Tally.Call;
import etal.virtualcard.loader.Tally.Work;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a command has the chip do is counted, and the same each time. */
class TallyTest {
    private final TestFund fund = TestFund.OURS;
    private final TestStall stall = new TestStall(fund, 3, 1);

    private Tally debit(VirtualCard card, long sale) throws Exception {
        long counter = stall.meet(card).newest().counter();
        card.transmit(stall.debit(stall.debitOf(sale, counter, new Deltas(-100, 0, 0))));
        return card.tallyOfLastCommand();
    }

    @Test
    void a_debit_signs_one_record_and_writes_it_at_once() throws Exception {
        Tally tally = debit(fund.loadedCard(1), 1);
        assertEquals(new Call(Work.SIGN, 1, 80), tally.of(Work.SIGN));
        assertEquals(new Call(Work.WRITE, 1, 80 + 64), tally.of(Work.WRITE));
        assertEquals(0, tally.of(Work.COMMIT).times());
        assertEquals(0, tally.of(Work.VERIFY).times());
        assertEquals(0, tally.of(Work.AGREE).times());
        assertTrue(tally.of(Work.AES).bytes() + tally.of(Work.MAC).bytes() >= 77, "the MAC covers 77 bytes: " + tally);
        assertTrue(tally.instructions() > 300, tally.toString());
    }

    @Test
    void an_identical_repeat_neither_signs_nor_writes() throws Exception {
        VirtualCard card = fund.loadedCard(1);
        long counter = stall.meet(card).newest().counter();
        byte[] command = stall.debit(stall.debitOf(1, counter, new Deltas(-100, 0, 0)));
        byte[] first = card.transmit(command);
        assertArrayEquals(first, card.transmit(command));
        Tally again = card.tallyOfLastCommand();
        assertEquals(0, again.of(Work.SIGN).times());
        assertEquals(0, again.of(Work.COMMIT).times());
        assertEquals(0, again.of(Work.WRITE).times());
    }

    @Test
    void an_introduction_verifies_one_certificate_and_agrees_on_one_key() throws Exception {
        VirtualCard card = fund.card(1);
        stall.select(card);
        assertEquals(8, card.tallyOfLastCommand().of(Work.RANDOM).bytes());
        card.transmit(stall.introduce());
        Tally tally = card.tallyOfLastCommand();
        assertEquals(new Call(Work.VERIFY, 1, 82), tally.of(Work.VERIFY));
        assertEquals(new Call(Work.AGREE, 1, 65), tally.of(Work.AGREE));
        assertEquals(0, tally.of(Work.SIGN).times());
    }

    @Test
    void the_same_payment_on_another_card_is_the_same_work_up_to_what_its_numbers_decide() throws Exception {
        Tally one = debit(fund.loadedCard(1), 1);
        Tally other = debit(fund.loadedCard(2), 1);
        for (Work work : Work.values()) {
            assertEquals(one.of(work), other.of(work));
        }
        // A signature's DER form is one byte longer where its number begins with a one.
        assertEquals(one.instructions(), other.instructions(), 200);
    }

    @Test
    void the_sum_of_two_is_each_count_added() {
        Tally sum = new Tally(5, List.of(new Call(Work.AES, 1, 16)))
                .plus(new Tally(7, List.of(new Call(Work.AES, 2, 48), new Call(Work.SIGN, 1, 80))));
        assertEquals(12, sum.instructions());
        assertEquals(new Call(Work.AES, 3, 64), sum.of(Work.AES));
        assertEquals(new Call(Work.SIGN, 1, 80), sum.of(Work.SIGN));
        assertEquals(new Call(Work.COMMIT, 0, 0), sum.of(Work.COMMIT));
    }
}
