package etal.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.FundedLine;
import etal.protocol.ledger.Intent;
import etal.protocol.ledger.PriceChosen;
import etal.protocol.ledger.SchemeRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way of changing a ledger that keeps its bytes well-formed, each named with its entry. */
class DamagedLedgerTest {
    private final TestFund fund = new TestFund("test");
    private final TestFund stranger = new TestFund("stranger");
    private final TestLedger ledger = TestLedger.smallDay(fund);

    @TempDir
    private Path dir;

    @BeforeEach
    void the_trust_file_lies_beside() throws Exception {
        fund.writeTrust(dir.resolve("trust.pem"));
    }

    @Test
    void each_entry_that_is_removed_is_missed() throws Exception {
        for (int i = 0; i < 8; i++) {
            TestLedger damaged = TestLedger.smallDay(fund);
            damaged.entries.remove(i);
            says(damaged, i + 1, "missing: entry " + (i + 2) + " stands in its place");
        }
    }

    @Test
    void each_pair_that_is_swapped_is_named() throws Exception {
        for (int i = 0; i < 8; i++) {
            TestLedger damaged = TestLedger.smallDay(fund);
            Collections.swap(damaged.entries, i, i + 1);
            says(damaged, i + 1, "missing: entry " + (i + 2) + " stands in its place");
        }
    }

    @Test
    void each_entry_that_is_repeated_is_named() throws Exception {
        for (int i = 0; i < 9; i++) {
            TestLedger damaged = TestLedger.smallDay(fund);
            damaged.entries.add(i, damaged.entries.get(i));
            says(damaged, i + 2, "missing: entry " + (i + 1) + " stands in its place again");
        }
    }

    @Test
    void an_entry_changed_and_signed_anew_no_longer_carries_what_follows() throws Exception {
        TestLedger other = new TestLedger(fund, 3, 1);
        other.genesis();
        other.add(new Body.RulesApplied("dieulefit", 2, new byte[32], new byte[32]));
        ledger.entries.set(1, other.entries.get(1));
        says(ledger, 3, "does not follow the entry before it");
    }

    @Test
    void history_rewritten_from_an_entry_on_contradicts_the_acknowledgement() throws Exception {
        TestLedger other = new TestLedger(fund, 3, 1);
        other.genesis();
        for (int i = 0; i < 7; i++) {
            other.cashSale();
        }
        other.checkpoints.addAll(ledger.checkpoints);
        says(other, 4, "checkpoint: acknowledges another entry 4");
    }

    @Test
    void a_tail_cut_below_the_acknowledgement_is_missed() throws Exception {
        ledger.entries.subList(5, 9).clear();
        says(ledger, 6, "missing: a checkpoint acknowledges entry 6");
    }

    @Test
    void a_tail_cut_above_it_is_proven_by_a_receipt() throws Exception {
        String receipt = ledger.receipt(8);
        ledger.entries.subList(6, 9).clear();
        Path file = write(ledger);
        Checked unseen = Checked.run(file);
        assertEquals(0, unseen.exit());
        assertTrue(unseen.out().contains("\n  a tail cut after entry 6 could not be seen here: no receipt given\n"));
        Checked proven = Checked.run(file, "--receipt", receipt);
        assertEquals(1, proven.exit());
        assertEquals(
                "t3-e1 damaged: entry 8, missing: the receipt given names it, the ledger ends at entry 6",
                proven.first());
    }

    @Test
    void a_receipt_of_another_entry_under_the_same_number_is_damage() throws Exception {
        String receipt = ledger.receipt(8).replace(":8:", ":7:");
        Checked checked = Checked.run(write(ledger), "--receipt", receipt);
        assertEquals(1, checked.exit());
        assertEquals("t3-e1 damaged: entry 7, another one than the receipt given names", checked.first());
    }

    @Test
    void a_receipt_whose_whole_ledger_is_gone_is_damage() throws Exception {
        Checked checked =
                Checked.run(write(ledger), "--receipt", ledger.receipt(8).replace("t3-", "t4-"));
        assertEquals(1, checked.exit());
        assertTrue(checked.out()
                .contains("t4-e1 damaged: entry 8, missing: the receipt given names it, and no such ledger is here\n"));
    }

    @Test
    void a_foreign_certificate_is_named_by_its_place() throws Exception {
        ledger.certificates.add(2, stranger.services.der());
        says(ledger, 1, "certificate 3: foreign, it does not lead to the root");
        ledger.certificates.set(2, fund.terminal(4, 1).der());
        says(ledger, 1, "certificate 3: foreign, a second terminal");
        ledger.certificates.set(2, fund.cards.der());
        says(ledger, 1, "certificate 3: foreign, nothing here is signed under it");
        ledger.certificates.set(2, fund.services.der());
        says(ledger, 1, "certificate 5: stands here twice");
    }

    @Test
    void a_terminal_that_the_authority_of_services_made_is_foreign() throws Exception {
        TestFund.Identity made = fund.issue(fund.services, "key", "CN=t3-e1,OU=TERMINAL,O=etal fund 1", -1);
        ledger.certificates.set(0, made.der());
        says(ledger, 1, "certificate 1: foreign, nothing here is signed under it");
    }

    @Test
    void a_ledger_under_another_root_is_foreign() throws Exception {
        says(TestLedger.smallDay(stranger), 1, "certificate 1: foreign, it does not lead to the root");
    }

    @Test
    void an_entry_signed_by_another_terminal_is_named() throws Exception {
        ledger.add(new Body.TechnicalEvent(1, null), fund.terminal(4, 1));
        says(ledger, 10, "signed with a key that is not this terminal's");
    }

    @Test
    void an_acknowledgement_by_a_terminal_or_a_stranger_is_none() throws Exception {
        ledger.checkpoints.add(ledger.checkpointBy(ledger.key, 8));
        says(ledger, 8, "checkpoint: signed with a key that is not the hub's");
        ledger.checkpoints.set(2, ledger.checkpointBy(stranger.acknowledging, 8));
        says(ledger, 8, "checkpoint: signed with a key that is not the hub's");
        ledger.checkpoints.set(2, ledger.checkpoints.getFirst());
        says(ledger, 4, "checkpoint: out of order");
    }

    @Test
    void a_restored_hub_may_acknowledge_less_than_before() throws Exception {
        ledger.checkpoints.add(ledger.checkpointBy(fund.acknowledging, 5, 2));
        assertEquals(0, Checked.run(write(ledger)).exit());
        ledger.checkpoints.add(ledger.checkpointBy(fund.acknowledging, 7, 1));
        says(ledger, 7, "checkpoint: out of order");
    }

    @Test
    void a_card_of_a_stranger_or_of_another_fund_is_named() throws Exception {
        ledger.sale(withMoney(new TestCard(stranger.cards, 5)), 100);
        says(ledger, 10, "card 0000000000000005: the signature on its certificate does not hold");
        ledger.entries.removeLast();
        ledger.sale(withMoney(new TestCard(fund.cards, 5, 2)), 100);
        says(ledger, 10, "card 0000000000000005: of another fund");
    }

    @Test
    void a_card_that_paid_for_something_else_is_named() throws Exception {
        List<FundedLine> paid = List.of(new FundedLine("fromage", 1, 500, 55, 100));
        List<FundedLine> told = List.of(new FundedLine("vin", 1, 500, 200, 100));
        TestCard card = withMoney(new TestCard(fund.cards, 5));
        ledger.add(new Body.Sale(
                4,
                TestLedger.SELLER,
                TestLedger.SCHEME,
                told,
                new byte[32],
                ledger.pay(card, 4, paid, 500),
                new byte[1]));
        says(ledger, 10, "sale 4: the card paid for something else");
    }

    @Test
    void a_card_that_paid_more_than_the_lines_cost_is_named() throws Exception {
        List<FundedLine> lines = List.of(new FundedLine("fromage", 1, 500, 55, 100));
        TestCard card = withMoney(new TestCard(fund.cards, 5));
        ledger.add(new Body.Sale(
                4,
                TestLedger.SELLER,
                TestLedger.SCHEME,
                lines,
                new byte[32],
                ledger.pay(card, 4, lines, 501),
                new byte[1]));
        says(ledger, 10, "sale 4: the card paid more than the lines cost");
    }

    @Test
    void labels_and_a_price_chosen_are_part_of_what_a_ledger_may_say() throws Exception {
        List<FundedLine> lines = List.of(new FundedLine("fromage", 1, 500, 55, 100, List.of("local", "bio")));
        TestCard card = withMoney(new TestCard(fund.cards, 5));
        ledger.add(new Body.Sale(
                4,
                TestLedger.SELLER,
                TestLedger.SCHEME,
                lines,
                new byte[32],
                ledger.pay(card, 4, lines, 500),
                new byte[1],
                new PriceChosen("accessible", 800, 500)));
        Body.Sale unlabelled = new Body.Sale(
                5,
                TestLedger.SELLER,
                TestLedger.SCHEME,
                List.of(new FundedLine("fromage", 1, 500, 55, 100)),
                new byte[32],
                ledger.pay(card, 5, lines, 500),
                new byte[1]);
        ledger.add(unlabelled);
        // The first one stands; the card signed the labels too, so that leaving them out is another sale.
        says(ledger, 11, "sale 5: the card paid for something else");
    }

    @Test
    void a_balance_below_zero_is_named() throws Exception {
        ledger.sale(overdrawn(), 100);
        says(
                ledger,
                10,
                "card 0000000000000005: the card's record has a balance below zero or beyond what a card holds");
    }

    @Test
    void a_record_of_another_sale_ledger_or_kind_is_named() throws Exception {
        TestCard card = withMoney(new TestCard(fund.cards, 5));
        byte[] intent = new byte[32];
        ledger.add(new Body.RefundRequest(4, card.debit(3, 1, 5, new Deltas(-1, 0, 0), intent)));
        says(ledger, 10, "card 0000000000000005: the record is not of this terminal's sale 4");
        ledger.entries.removeLast();
        ledger.add(new Body.RefundRequest(4, card.debit(3, 2, 4, new Deltas(-1, 0, 0), intent)));
        says(ledger, 10, "card 0000000000000005: the record is not of this terminal's sale 4");
        ledger.entries.removeLast();
        ledger.add(new Body.RecordCarried(card.debit(3, 1, 0, new Deltas(-1, 0, 0), intent), TestLedger.nothing()));
        says(ledger, 10, "card 0000000000000005: the record carried is of no load, voucher or block order");
    }

    @Test
    void a_card_whose_counter_goes_back_or_forks_is_named() throws Exception {
        TestCard card = withMoney(new TestCard(fund.cards, 5));
        ledger.sale(card, 100);
        card.counter -= 2;
        ledger.sale(card, 100);
        says(ledger, 11, "card 0000000000000005: record 1 comes after record 2");
        ledger.entries.removeLast();
        ledger.sale(card, 300);
        says(ledger, 11, "card 0000000000000005: record 2 has two contents");
    }

    @Test
    void money_that_appears_on_a_card_between_two_records_is_named() throws Exception {
        TestCard card = withMoney(new TestCard(fund.cards, 5));
        ledger.sale(card, 100);
        card.balances = new etal.protocol.card.Balances(50_000, 0, 0);
        ledger.sale(card, 100);
        says(ledger, 11, "card 0000000000000005: record 3 does not start from what was left");
    }

    @Test
    void a_sale_number_twice_or_going_back_is_named() throws Exception {
        ledger.add(new Body.Abandoned(3, 1));
        says(ledger, 10, "sale 3 had its end already");
        ledger.entries.removeLast();
        ledger.add(new Body.Abandoned(9, 1));
        ledger.add(new Body.Abandoned(8, 1));
        says(ledger, 11, "sale 8 comes after sale 9");
    }

    @Test
    void a_sale_in_doubt_may_end_after_later_ones() throws Exception {
        TestCard card = withMoney(new TestCard(fund.cards, 5));
        List<FundedLine> lines = List.of(new FundedLine("miel", 1, 800, 55, 100));
        Deltas deltas = new Deltas(-800, 0, 0);
        byte[] intent = Intent.hash(3, 1, 4, TestLedger.SELLER, TestLedger.SCHEME, lines, new byte[32], deltas);
        ledger.add(new Body.InDoubt(4, TestCard.idBytes(5), card.counter, deltas, intent, new byte[3]));
        ledger.add(new Body.Sale(5, TestLedger.SELLER, TestLedger.SCHEME, List.of(), new byte[32], null, new byte[1]));
        ledger.add(new Body.Sale(
                4,
                TestLedger.SELLER,
                TestLedger.SCHEME,
                lines,
                new byte[32],
                ledger.pay(card, 4, lines, 800),
                new byte[1]));
        assertEquals(0, Checked.run(write(ledger)).exit());
    }

    @Test
    void a_sale_given_up_and_yet_debited_may_be_asked_back_once() throws Exception {
        TestCard card = withMoney(new TestCard(fund.cards, 5));
        ledger.add(new Body.Abandoned(4, Body.Abandoned.GIVEN_UP_UNDONE));
        ledger.add(new Body.RefundRequest(4, card.debit(3, 1, 4, new Deltas(-100, 0, 0), new byte[32])));
        assertEquals(0, Checked.run(write(ledger)).exit());
        ledger.add(new Body.RefundRequest(4, card.debit(3, 1, 4, new Deltas(-100, 0, 0), new byte[32])));
        says(ledger, 12, "sale 4 had its end already");
    }

    @Test
    void closings_that_do_not_add_up_are_named() throws Exception {
        ledger.add(new Body.Closing(Body.Closing.MONTH, "2025-04", 2, 1_650, 1_650, new byte[32]));
        says(ledger, 10, "closing: sales 2, counted 3");
        ledger.entries.removeLast();
        ledger.add(new Body.Closing(Body.Closing.MONTH, "2025-04", 3, 1_651, 1_650, new byte[32]));
        says(ledger, 10, "closing: card money 1651, counted 1650");
        ledger.entries.removeLast();
        ledger.add(new Body.Closing(Body.Closing.MONTH, "2025-04", 3, 1_650, 1_700, new byte[32]));
        says(ledger, 10, "closing: perpetual card money 1700, counted 1650");
    }

    @Test
    void a_load_may_let_allocation_expire_and_set_the_earnable_anew_and_never_moves_the_bonus() throws Exception {
        TestCard card = new TestCard(fund.cards, 5);
        loaded(card, new Deltas(10_000, 0, 2_500));
        loaded(card, new Deltas(-4_000, 0, -300));
        assertEquals(0, Checked.run(write(ledger)).exit());
        loaded(card, new Deltas(100, 1, 0));
        says(ledger, 12, "card 0000000000000005: the card's record is of a load that moves the bonus");
    }

    private void loaded(TestCard card, Deltas deltas) {
        ledger.add(new Body.RecordCarried(card.record(CardRecord.Tag.LOAD, 3, 1, 0, deltas, new byte[32]), null));
    }

    @Test
    void a_sale_of_another_seller_is_named() throws Exception {
        ledger.add(new Body.Sale(
                4, "987654321", new SchemeRef("dieulefit", 1), List.of(), new byte[32], null, new byte[1]));
        says(ledger, 10, "sale 4: of another seller");
    }

    @Test
    void a_genesis_of_other_certificates_or_another_fund_is_named() throws Exception {
        TestLedger other = new TestLedger(fund, 3, 1);
        other.add(new Body.Genesis(1, List.of(Hash.sha256(other.key.der())), TestLedger.SELLER, "0", null));
        says(other, 1, "the genesis names other certificates than this terminal's");
        other.entries.clear();
        List<byte[]> chain = List.of(Hash.sha256(other.key.der()), Hash.sha256(fund.terminals.der()));
        other.add(new Body.Genesis(2, chain, TestLedger.SELLER, "0", null));
        says(other, 1, "the genesis names fund 2, the terminal's certificate another");
    }

    @Test
    void a_file_under_another_ledgers_name_is_damaged() throws Exception {
        Path file = Files.write(dir.resolve("t4-e1.etal"), ledger.bytes());
        Checked checked = Checked.run(file);
        assertEquals(1, checked.exit());
        assertEquals("t4-e1 damaged: entry 1, the file says t4-e1 and holds t3-e1", checked.first());
    }

    @Test
    void an_empty_file_is_damaged() throws Exception {
        Checked checked = Checked.run(Files.write(dir.resolve("t4-e1.etal"), new byte[0]));
        assertEquals("t4-e1 damaged: entry 1, missing: there is no entry", checked.first());
    }

    private static TestCard withMoney(TestCard card) {
        card.record(CardRecord.Tag.LOAD, 9, 9, 0, new Deltas(10_000, 0, 0), new byte[32]);
        return card;
    }

    private TestCard overdrawn() {
        TestCard card = new TestCard(fund.cards, 5);
        card.balances = new etal.protocol.card.Balances(Integer.MAX_VALUE + 100L, 0, 0);
        return card;
    }

    private void says(TestLedger damaged, int entry, String reason) throws Exception {
        Checked checked = Checked.run(write(damaged));
        assertEquals("t3-e1 damaged: entry " + entry + ", " + reason, checked.first());
        assertEquals(1, checked.exit());
    }

    private Path write(TestLedger of) throws Exception {
        return Files.write(dir.resolve("t3-e1.etal"), of.bytes());
    }
}
