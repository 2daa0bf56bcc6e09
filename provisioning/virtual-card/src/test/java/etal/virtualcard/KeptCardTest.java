package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.card.Deltas;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a card holds can be kept and put back: the card then is what it was. */
class KeptCardTest {
    private final TestFund fund = TestFund.OURS;
    private final TestStall stall = new TestStall(fund, 3, 1);

    private byte[] pay(VirtualCard card) throws Exception {
        long counter = stall.meet(card).newest().counter();
        return card.transmit(stall.debit(stall.debitOf(1, counter, new Deltas(-100, 0, 0))));
    }

    @Test
    void a_card_put_back_after_a_payment_has_not_paid() throws Exception {
        VirtualCard card = fund.loadedCard(1);
        stall.meet(card);
        CardSnapshot full = CardSnapshot.of(card, stall);
        VirtualCard.Kept before = card.keep();
        byte[] paid = pay(card);
        assertFalse(full.holdsSameAs(CardSnapshot.of(card, stall)), "paid by " + paid.length);
        card.putBack(before);
        assertTrue(full.holdsSameAs(CardSnapshot.of(card, stall)));
    }

    @Test
    void a_card_put_back_goes_on_as_it_did_then() throws Exception {
        VirtualCard card = fund.loadedCard(1);
        VirtualCard.Kept before = card.keep();
        card.putBack(before);
        byte[] once = pay(card);
        VirtualCard.Kept after = card.keep();
        card.putBack(before);
        assertArrayEquals(once, pay(card));
        assertArrayEquals(after.fingerprint(), card.keep().fingerprint());
        assertFalse(Arrays.equals(before.fingerprint(), after.fingerprint()));
    }

    @Test
    void a_tear_that_takes_the_whole_command_back_leaves_the_fingerprint_as_it_was() throws Exception {
        VirtualCard card = fund.loadedCard(1);
        stall.meet(card);
        VirtualCard.Kept before = card.keep();
        long counter = stall.meet(card).newest().counter();
        byte[] command = stall.debit(stall.debitOf(1, counter, new Deltas(-100, 0, 0)));
        card.tearAtWrite(1);
        assertEquals("power lost at a write", torn(card, command));
        assertArrayEquals(before.fingerprint(), card.keep().fingerprint());
    }

    private static String torn(VirtualCard card, byte[] command) {
        try {
            return "answered " + card.transmit(command).length;
        } catch (Torn asAsked) {
            return String.valueOf(asAsked.getMessage());
        }
    }
}
