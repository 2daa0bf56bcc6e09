package etal.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.protocol.card.CardRecord;
import etal.protocol.card.CardRecord.Tag;
import etal.protocol.card.Deltas;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cards took from the fund at a terminal: vouchers once each, and nothing after a block order. */
class OrdersTakenTest {
    private static final String CARD = "card 000000000000004d: ";

    private final TestFund fund = new TestFund("test");
    private final TestLedger ledger = new TestLedger(fund, 3, 1);
    private final TestCard card = new TestCard(fund.cards, 77);

    @TempDir
    private Path dir;

    @BeforeEach
    void the_card_has_loaded_its_month() throws Exception {
        fund.writeTrust(dir.resolve("trust.pem"));
        ledger.genesis();
        ledger.add(new Body.RulesApplied("dieulefit", 1, new byte[32], new byte[32]));
        takes(Tag.LOAD, 0, new Deltas(15_000, 0, 0));
    }

    @Test
    void vouchers_an_entitlement_and_a_block_order_are_sound_and_purchases_between_them_too() throws Exception {
        takes(Tag.SET, 2, Deltas.NONE);
        takes(Tag.ADDED, 2, new Deltas(450, 20, 10));
        ledger.sale(card, 600);
        takes(Tag.ADDED, 1, new Deltas(-100, 0, 0));
        takes(Tag.BLOCKED, 0, Deltas.NONE);
        Checked checked = Checked.run(write());
        assertEquals(0, checked.exit(), checked.out());
    }

    @Test
    void a_record_that_was_carried_twice_is_still_one_record() throws Exception {
        CardProof taken = record(Tag.ADDED, 1, new Deltas(450, 0, 0));
        carried(taken);
        carried(taken);
        assertEquals(0, Checked.run(write()).exit());
    }

    @Test
    void a_voucher_taken_twice_is_named() throws Exception {
        takes(Tag.ADDED, 1, new Deltas(450, 0, 0));
        takes(Tag.ADDED, 1, new Deltas(450, 0, 0));
        says(5, CARD + "voucher 1 was taken twice");
    }

    @Test
    void a_blocked_card_that_pays_is_named() throws Exception {
        takes(Tag.BLOCKED, 0, Deltas.NONE);
        ledger.sale(card, 100);
        says(5, CARD + "it did something after it was blocked");
    }

    @Test
    void money_without_a_voucher_number_or_moved_by_a_word_that_moves_none_is_named() throws Exception {
        takes(Tag.ADDED, 0, new Deltas(450, 0, 0));
        says(4, CARD + "the card's record is of a voucher without number or money");
    }

    @Test
    void an_entitlement_that_moves_money_is_named() throws Exception {
        takes(Tag.SET, 2, new Deltas(1, 0, 0));
        says(4, CARD + "the card's record moves money and is of an order that moves none");
    }

    @Test
    void a_block_order_that_names_a_sale_is_named() throws Exception {
        takes(Tag.BLOCKED, 7, Deltas.NONE);
        says(4, CARD + "the card's record is of an order without such a number");
    }

    @Test
    void what_does_not_start_from_what_was_left_is_named() throws Exception {
        card.balances = card.balances.plus(new Deltas(1, 0, 0));
        takes(Tag.ADDED, 1, new Deltas(450, 0, 0));
        says(4, CARD + "record 2 does not start from what was left");
    }

    @Test
    void a_voucher_taken_elsewhere_does_not_stand_open_in_this_ledger() throws Exception {
        carried(card.record(Tag.ADDED, 4, 1, 1, new Deltas(450, 0, 0), new byte[32]));
        says(4, CARD + "the record is not of this terminal's sale 1");
    }

    private void takes(Tag tag, long number, Deltas deltas) {
        carried(record(tag, number, deltas));
    }

    private CardProof record(CardRecord.Tag tag, long number, Deltas deltas) {
        return card.record(tag, 3, 1, number, deltas, new byte[32]);
    }

    private void carried(CardProof proof) {
        ledger.add(new Body.RecordCarried(proof, TestLedger.nothing()));
    }

    private void says(int entry, String reason) throws Exception {
        Checked checked = Checked.run(write());
        assertEquals("t3-e1 damaged: entry " + entry + ", " + reason, checked.first());
        assertEquals(1, checked.exit());
    }

    private Path write() throws Exception {
        return Files.write(dir.resolve("t3-e1.etal"), ledger.bytes());
    }
}
