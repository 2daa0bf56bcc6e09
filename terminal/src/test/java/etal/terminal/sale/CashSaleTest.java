package etal.terminal.sale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.terminal.basket.Details;
import etal.terminal.basket.Wanted;
import etal.terminal.ledger.Sql;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import org.junit.jupiter.api.Test;

/** A sale without card: the fund learns that there was one, and not what of. */
class CashSaleTest {
    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);

    @Test
    void without_a_card_the_entry_names_no_line_and_the_details_all() throws StorageFailed, Malformed {
        market.ringUp("b1", new Wanted("cheese", 2), new Wanted("milk", 1));
        TestTill.basket(market.stall().cash("b1"));

        Body.Sale sale = market.bodies(Body.Sale.class).getFirst();
        assertNull(sale.card());
        assertEquals(0, sale.lines().size());
        assertEquals(2, keptDetails().basket().lines().size());
    }

    private Details keptDetails() throws StorageFailed, Malformed {
        byte[] blob = market.till()
                .ledger()
                .store()
                .inTransaction(connection -> Sql.first(
                                connection,
                                "SELECT blob FROM details ORDER BY entry DESC LIMIT 1",
                                row -> row.getBytes(1))
                        .orElseThrow());
        return Details.decode(blob);
    }
}
