package etal.hub.reconcile;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.protocol.card.Deltas;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.FundedLine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hand in the store that knows the books, and changes what no sum of them shows. */
class HandTest {
    private static final List<FundedLine> LINES = List.of(vegetables(1_000));

    @ParameterizedTest
    @CsvSource(
            delimiterString = " # ",
            quoteCharacter = '`',
            value = {
                "UPDATE event SET day = '2025-04-01' WHERE name = 'sale' # its sale is of 2025-04-02",
                "UPDATE event SET number = number + 1 WHERE name = 'sale' # its sale is of",
                "UPDATE event SET terminal = NULL WHERE name = 'sale' # its sale is of",
                "UPDATE event SET name = 'orphan-payable' WHERE name = 'sale' # is called orphan-payable",
                "UPDATE sale SET funded_cents = funded_cents + 1 # no entry says so",
                "UPDATE sale SET branch = 'fork' WHERE terminal = 5 # no entry says so",
                "UPDATE sale SET counter = counter + 100 # no entry says so",
                "UPDATE sale SET entry_hash = zeroblob(32) WHERE terminal = 5 # not among the sales",
            })
    void a_changed_word_is_found_though_the_sums_agree(String change, String named) throws Exception {
        TestFund fund = new TestFund();
        TestCard card = fund.cards.getFirst();
        fund.three.load(card, fund.token());
        fund.three.sell(card, vegetables(1_250));
        fund.five.sell(card, vegetables(310));
        close(fund);
        assertEquals(List.of(), fund.evening().differences());
        fund.tamper(change);
        assertNamed(fund, named);
    }

    @Test
    void a_sale_taken_out_of_quarantine_by_hand_is_not_payable_though_books_and_index_have_it() throws Exception {
        TestFund fund = new TestFund();
        TestCard card = fund.cards.getFirst();
        fund.three.load(card, fund.token());
        CardProof proof = fund.three.debit(card, LINES, new Deltas(-1_001, 0, 0));
        fund.three.append(fund.three.sale(LINES, proof, null));
        close(fund);
        assertEquals(List.of("other-split"), fund.quarantined());
        fund.tamper("DELETE FROM quarantine");
        assertNamed(fund, "it should not be paid: the rules give");
    }

    @Test
    void what_the_books_have_on_a_card_is_compared_with_what_the_card_says() throws Exception {
        TestFund fund = new TestFund();
        TestCard card = fund.cards.getFirst();
        fund.three.load(card, fund.token());
        fund.three.sell(card, vegetables(1_000));
        close(fund);
        fund.tamper("UPDATE posting SET debit_cents = 900 WHERE account = '4672A' AND debit_cents = 1000");
        assertNamed(fund, "card 0000000000000001 holds 14000, account 4672A says 14100");
    }

    @Test
    void a_sale_dated_after_the_day_on_which_it_came_is_an_oddity_of_both_days() throws Exception {
        TestFund fund = new TestFund();
        TestCard card = fund.cards.getFirst();
        fund.three.load(card, fund.token());
        Body.Sale sale = fund.three.saleBy(card, LINES);
        fund.three.appendAt(fund.clock.now().toEpochMilli() + 86_400_000, sale);
        close(fund);
        assertTrue(fund.evening().oddities().contains("t3-e1 sale 1: dated 2025-04-03, and came on 2025-04-02"));
    }

    @Test
    void certificates_are_judged_at_the_moment_they_were_taken_and_not_years_later() throws Exception {
        TestFund fund = new TestFund();
        close(fund);
        fund.clock.advance(java.time.Duration.ofDays(40 * 365));
        assertEquals(List.of(), fund.evening().differences());
    }

    private static void close(TestFund fund) {
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        fund.syncAll();
    }

    private static void assertNamed(TestFund fund, String named) throws Exception {
        List<String> differences = fund.evening().differences();
        assertTrue(differences.stream().anyMatch(one -> one.contains(named)), () -> named + " in " + differences);
    }
}
