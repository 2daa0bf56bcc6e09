package etal.hub.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.books.Sql;
import etal.hub.reconcile.Reconciliation;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.port.StorageFailed;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Period;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.scheme.file.SchemeFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hand among the orders is named in the evening; only what stands beside an order's signature, note and name, is not covered. */
class TamperedOrderTest {
    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();
    private final TestCard lost = fund.cards.get(1);

    /** A refund taken, a correction that waits, a blocked card with another in its place. */
    TamperedOrderTest() throws Exception {
        fund.three.load(card, fund.token());
        fund.three.load(lost, fund.token());
        CardProof paid = fund.three.debit(card, List.of(TestFund.vegetables(1_000)), new Deltas(-1_000, 0, 0));
        fund.three.append(new Body.RefundRequest(fund.three.lastSale(), paid));
        fund.syncAll();
        fund.five.take(card, fund.order(card));
        fund.hub.correct(new Correction(card.id(), new Deltas(-500, 0, 0), "a note", "A. Operator"));
        lost.lost();
        TestCard other = new TestCard(fund.authority, 21, Entitlement.monthly(15_000, Period.of(2025, 5), 100, 1));
        other.replaces(lost);
        fund.cards.add(other);
        assertEquals(List.of(), fund.start(fund.hub(fund.database, SchemeFile.dieulefit(), fund.scheme)));
        fund.five.take(lost, fund.order(lost));
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        fund.syncAll();
        assertEquals(List.of(), fund.evening().differences());
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " # ",
            quoteCharacter = '`',
            value = {
                "UPDATE card_order SET bytes = substr(bytes, 1, 25) || x'ff' || substr(bytes, 27) WHERE kind = 'ADD' # signature is not the hub's",
                "UPDATE card_order SET bytes = zeroblob(102) WHERE kind = 'ADD' AND number = 2 # order to card",
                "UPDATE card_order SET hash = zeroblob(32) WHERE kind = 'BLOCK' # stands under another card, kind, number or hash",
                "UPDATE card_order SET number = 9 WHERE kind = 'ADD' AND number = 2 # stands under another",
                "UPDATE card_order SET card = x'0000000000000003' WHERE kind = 'BLOCK' # stands under another",
                "DELETE FROM card_order WHERE kind = 'ADD' AND number = 1 AND card = x'0000000000000001' # a number before it is missing",
                "DELETE FROM card_order WHERE why LIKE 'refund/%' # no voucher says so",
                "DELETE FROM card_order WHERE why LIKE 'transfer/%' # nothing stands behind it",
                "DELETE FROM card_order WHERE kind = 'BLOCK' # no block order is there",
                "DELETE FROM card_order WHERE kind = 'BLOCK' # the order that it took is not there",
                "UPDATE card_order SET why = 'refund/0000000000000001/1' WHERE why LIKE 'refund/%' # nothing stands behind it",
                "UPDATE card_order SET taken = NULL WHERE why LIKE 'refund/%' # counts as not taken",
                "UPDATE card_order SET taken = 1 WHERE number = 2 # which does not say so",
                "UPDATE card SET replaces = NULL # nothing stands behind it",
                "UPDATE posting SET third = '0000000000000001' WHERE row = '8b' AND account = '4671' # is posted as",
                "DELETE FROM card_record WHERE tag = 'BLOCKED' # counts as taken by record",
            })
    void a_changed_order_is_found(String change, String named) throws Exception {
        fund.tamper(change);
        Reconciliation evening = fund.evening();
        assertFalse(evening.balanced());
        assertTrue(
                evening.differences().stream().anyMatch(difference -> difference.contains(named)),
                () -> named + " in " + evening.differences());
    }

    @Test
    void the_store_itself_refuses_to_change_an_order_or_to_take_it_twice() {
        for (String change : List.of(
                "UPDATE card_order SET why = 'x'",
                "UPDATE card_order SET bytes = x'00'",
                "UPDATE card_order SET taken = 7 WHERE taken IS NOT NULL",
                "DELETE FROM card_order")) {
            assertThrows(
                    StorageFailed.class,
                    () -> fund.database.inTransaction(connection -> Sql.update(connection, change)),
                    change);
        }
    }
}
