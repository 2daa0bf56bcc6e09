package etal.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.Intent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cancellation is of a sale that stands here, whole, once, by its own card; closings count it beside the sales. */
class CancellationTest {
    private static final int SALE_ENTRY = 4;
    private static final int CASH_ENTRY = 5;

    private final TestFund fund = new TestFund("test");
    private final TestLedger ledger = new TestLedger(fund, 3, 1);
    private final TestCard card = new TestCard(fund.cards, 77);

    @TempDir
    private Path dir;

    @BeforeEach
    void two_sales_of_a_day() throws Exception {
        fund.writeTrust(dir.resolve("trust.pem"));
        ledger.genesis();
        ledger.add(new Body.RulesApplied("dieulefit", 1, new byte[32], new byte[32]));
        ledger.add(new Body.RecordCarried(card.load(3, 1, 15_000), TestLedger.nothing()));
        ledger.sale(card, 450);
        ledger.cashSale();
    }

    @Test
    void a_day_with_cancellations_is_sound_and_its_sales_stay_counted() throws Exception {
        ledger.add(new Body.InDoubt(
                1,
                TestCard.idBytes(77),
                card.counter,
                new Deltas(450, 0, 0),
                new byte[32],
                TestLedger.nothing(),
                true));
        ledger.cancel(card, 1, SALE_ENTRY, 450);
        ledger.cancelCash(2, CASH_ENTRY);
        ledger.closing();
        ledger.sale(card, 1_200);
        ledger.add(new Body.Abandoned(3, Body.Abandoned.REFUSED_BY_CARD, true));
        ledger.closing();
        Checked checked = Checked.run(write());
        assertEquals(0, checked.exit(), checked.out());
    }

    @Test
    void a_sale_that_is_not_there_cannot_be_cancelled() throws Exception {
        ledger.add(ledger.cancellation(card, 9, new byte[32], new Deltas(450, 0, 0)));
        says(6, "sale 9 was not sold, and is cancelled");
    }

    @Test
    void a_sale_is_cancelled_once() throws Exception {
        ledger.cancel(card, 1, SALE_ENTRY, 450);
        ledger.cancel(card, 1, SALE_ENTRY, 450);
        says(7, "sale 1 was cancelled already");
    }

    @Test
    void what_was_cancelled_is_not_asked_back_besides() throws Exception {
        ledger.cancel(card, 1, SALE_ENTRY, 450);
        ledger.add(new Body.RefundRequest(1, card.debit(3, 1, 1, new Deltas(-450, 0, 0), new byte[32])));
        says(7, "sale 1 had its end already");
    }

    @Test
    void another_entry_than_the_sales_is_named() throws Exception {
        ledger.cancel(card, 1, CASH_ENTRY, 450);
        says(6, "sale 1: its cancellation names another entry");
    }

    @Test
    void another_card_than_paid_is_named() throws Exception {
        TestCard other = new TestCard(fund.cards, 78);
        ledger.cancel(other, 1, SALE_ENTRY, 450);
        says(6, "sale 1: cancelled with another card than paid");
    }

    @Test
    void a_card_sale_cancelled_without_its_card_is_named() throws Exception {
        ledger.cancelCash(1, SALE_ENTRY);
        says(6, "sale 1: cancelled with another card than paid");
    }

    @Test
    void another_amount_than_was_paid_is_named() throws Exception {
        ledger.cancel(card, 1, SALE_ENTRY, 449);
        says(6, "sale 1: the card took back another amount than it paid");
    }

    @Test
    void a_reason_that_the_card_has_not_signed_is_named() throws Exception {
        byte[] saleHash = Hash.sha256(ledger.entries.get(SALE_ENTRY - 1));
        Deltas back = new Deltas(450, 0, 0);
        byte[] intent = Intent.cancelling(3, 1, 1, saleHash, Body.Cancellation.OTHER, new byte[32], back);
        var proof = card.record(CardRecord.Tag.CANCEL, 3, 1, 1, back, intent);
        ledger.add(new Body.Cancellation(
                1, saleHash, Body.Cancellation.GOODS_RETURNED, new byte[32], proof, TestLedger.nothing()));
        says(6, "sale 1: the card took back something else");
    }

    @Test
    void the_intent_of_a_sale_is_none_of_a_cancellation() throws Exception {
        byte[] saleHash = Hash.sha256(ledger.entries.get(SALE_ENTRY - 1));
        var proof = card.debit(3, 1, 1, new Deltas(-450, 0, 0), new byte[32]);
        ledger.add(new Body.Cancellation(
                1, saleHash, Body.Cancellation.GOODS_RETURNED, new byte[32], proof, TestLedger.nothing()));
        says(6, "card 000000000000004d: the record is not of this terminal's sale 1");
    }

    @Test
    void a_closing_that_hides_a_cancellation_is_named() throws Exception {
        ledger.cancel(card, 1, SALE_ENTRY, 450);
        ledger.add(new Body.Closing(Body.Closing.DAY, "2025-04-02", 2, 450, 450, new byte[32]));
        says(7, "closing: cancellations 0, counted 1");
    }

    private void says(int entry, String reason) throws Exception {
        Checked checked = Checked.run(write());
        assertEquals(1, checked.exit(), checked.out());
        assertTrue(checked.first().equals("t3-e1 damaged: entry " + entry + ", " + reason), checked.first());
    }

    private Path write() throws Exception {
        Path file = dir.resolve("t3-e1.etal");
        Files.write(file, ledger.bytes());
        return file;
    }
}
